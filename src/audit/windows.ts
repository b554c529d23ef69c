import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor, Where } from '../http/actor.ts'
import type { RouteContract } from '../http/contract.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { type AuditBy, type AuditEntry, byActor, bySystem, byVisitor } from './entry.ts'
import { countInWindow, listDueAccounts, takeOldWindows } from './queries.ts'
import { record } from './record.ts'

const hourSeconds = 3_600
const minuteSeconds = 60
/** Refused sign-ins of one address in one minute that stand in the log one by one (account.md §10). */
const deniedEachMax = 100

/** One record of this kind per hour, in the transaction of the first. */
export const recordHourly = async (
  trx: Trx,
  deps: Deps,
  by: AuditBy,
  key: string,
  entry: AuditEntry,
): Promise<void> => {
  const window = { key, seconds: hourSeconds }
  if ((await countInWindow(trx, by.accountId, window)) === 1) await record(trx, deps, by, entry)
}

const refusals = new Set(['permission_denied', 'scope_missing', 'panel_only'])

/** A refused permission, merged per person × key × hour. The refusal stands whether or not it can be written. */
export const recordDenied = async (
  deps: Deps,
  actor: Actor,
  error: Error,
  contract: RouteContract,
): Promise<void> => {
  if (!(error instanceof AppError) || !refusals.has(error.code)) return
  const named = error.members['permission']
  const permission = typeof named === 'string' ? named : contract.access
  const by = byActor(actor)
  try {
    await inAccount(deps.db, by.accountId, (trx) =>
      recordHourly(trx, deps, by, `denied|${by.type}|${by.id}|${permission}`, {
        action: 'access.denied',
        object: { type: 'permission', id: permission },
        result: 'denied',
        reason: error.code,
        diff: { after: { method: contract.method, path: contract.path } },
      }),
    )
  } catch (cause) {
    deps.log.error({ err: cause }, 'a refusal could not be written to the application log')
  }
}

export type DeniedSignIn = {
  readonly accountId: string
  readonly where: Where
  readonly reason: 'password' | 'ip' | 'disabled' | 'throttled' | 'factor'
  readonly userId?: string | null
  readonly name?: string | null
  readonly login?: string | null
}

const signInKey = 'sign_in|'

/**
 * A refused sign-in, outside any transaction that is rolled back: each one, above a hundred in a minute from one address
 * as one record with their number.
 */
export const recordDeniedSignIn = (deps: Deps, denied: DeniedSignIn): Promise<void> =>
  inAccount(deps.db, denied.accountId, async (trx) => {
    const key = `${signInKey}${denied.where.address ?? ''}`
    const count = await countInWindow(trx, denied.accountId, { key, seconds: minuteSeconds })
    if (count > deniedEachMax) return
    await record(trx, deps, byVisitor(denied.accountId, denied.where, denied), {
      action: 'login.denied',
      ...(denied.userId ? { object: { type: 'user', id: denied.userId } } : {}),
      result: 'denied',
      reason: denied.reason,
    })
  })

const floodFrom = (accountId: string, address: string): AuditBy => ({
  ...bySystem(accountId),
  type: 'visitor',
  where: { address: address === '' ? null : address, agent: '', requestId: '', sessionHash: null, amr: [] },
})

const closeWindows = (deps: Deps, accountId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    for (const window of await takeOldWindows(trx, accountId)) {
      const over = window.count - deniedEachMax
      if (!window.key.startsWith(signInKey) || over <= 0) continue
      await record(trx, deps, floodFrom(accountId, window.key.slice(signInKey.length)), {
        action: 'login.denied',
        result: 'denied',
        reason: 'throttled',
        diff: { after: { count: over, from: window.window_at.toISOString(), seconds: minuteSeconds } },
      })
    }
  })

/** Part of the sweep: floods become their number, old windows are forgotten. */
export const closeAuditWindows = async (deps: Deps): Promise<void> => {
  for (const accountId of await listDueAccounts(deps.db, 'windows')) await closeWindows(deps, accountId)
}
