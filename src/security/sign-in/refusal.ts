import { setTimeout as pause } from 'node:timers/promises'
import { byVisitor, recordOutside } from '../../audit/index.ts'
import { instanceAccountId } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'

export type DenialReason = 'password' | 'ip' | 'disabled' | 'throttled' | 'factor'

type Denied = {
  readonly login: string | null
  readonly accountId?: string
  readonly userId?: string
  readonly reason: DenialReason
  readonly where: Where
}

/** A refused sign-in stands in the log of the account it aimed at; one at nobody in the operator's. */
export const recordDenied = (deps: Deps, denied: Denied): Promise<void> => {
  const { login, reason, where } = denied
  const by = byVisitor(denied.accountId ?? instanceAccountId, where, { userId: denied.userId ?? null, login })
  return recordOutside(deps, by, { action: 'login.denied', result: 'denied', reason })
}

export const signInRefused = (): AppError => new AppError('sign_in_refused', 401)

const gridMs = 50
/**
 * Causes of refusal differ by a few statements. Answers leave on a coarse grid of time, so that the clock of the caller
 * does not tell them apart (security.md §2.5).
 */
export const onTheGrid = async <T>(act: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  try {
    return await act()
  } catch (error) {
    if (error instanceof AppError && error.code === 'sign_in_refused')
      await pause(gridMs - ((performance.now() - began) % gridMs))
    throw error
  }
}
