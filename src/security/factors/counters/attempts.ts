import { byVisitor, record } from '../../../audit/index.ts'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { AppError } from '../../../http/errors.ts'
import { circumstances, notify, notifyAdministrators } from '../../../system-stream/index.ts'
import { setFactorDisabled } from '../queries.ts'
import { type CountedFactor, deleteCounter, findCounter, giveBackAttempt, spendAttempt } from './queries.ts'

export type { CountedFactor } from './queries.ts'

/** Failures at (user, factor) over all dialogues, purposes and addresses (security.md §3.2). */
const limits = { freeFailures: 10, failuresInARowMax: 50 }

type Place = { readonly accountId: string; readonly userId: string; readonly factor: CountedFactor }

const backoff = (until: Date | null | undefined, now: Date): AppError => {
  const seconds = until ? Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) : 3_600
  return new AppError('factor_backoff', 429, '', {}, { 'retry-after': String(seconds) })
}

/**
 * Counts one attempt at a factor as failed, committed alone; only then may the caller compare, and give a right one back
 * by `clearFailures`.
 * @throws AppError 429 `factor_backoff` after ten failures in an hour, for one minute growing to sixty.
 */
export const refuseBackoff = async (deps: Deps, place: Place): Promise<void> => {
  const { accountId, userId, factor } = place
  const waiting = await inAccount(deps.db, accountId, async (trx) => {
    if (await spendAttempt(trx, accountId, userId, factor, limits)) return null
    return (await findCounter(trx, accountId, userId, factor)) ?? { backoff_until: null }
  })
  if (waiting) throw backoff(waiting.backoff_until, deps.clock.now())
}

/** After a right answer, in the transaction that acts on it. */
export const clearFailures = (trx: Trx, { accountId, userId, factor }: Place): Promise<unknown> =>
  giveBackAttempt(trx, accountId, userId, factor)

/** A factor bound anew starts without a past. */
export const forgetFailures = (trx: Trx, { accountId, userId, factor }: Place): Promise<unknown> =>
  deleteCounter(trx, accountId, userId, factor)

const disable = (deps: Deps, { accountId, userId, factor, where }: Place & { readonly where: Where }) =>
  inAccount(deps.db, accountId, async (trx) => {
    const disabled = factor === 'recovery' ? [] : await setFactorDisabled(trx, accountId, userId, factor)
    if (disabled.length === 0) return
    const values = { ...circumstances(deps, where), change: 'changed' as const }
    await notify(trx, deps, { accountId, userId, kind: 'mfa_changed', values })
    await notifyAdministrators(trx, deps, { accountId, exceptUserId: userId, kind: 'mfa_changed', values })
    for (const { id } of disabled) {
      await record(trx, deps, byVisitor(accountId, where, { userId }), {
        action: 'factor.disabled',
        object: { type: 'factor', id },
        reason: 'too_many_failures',
        diff: { before: { type: factor, state: 'active' }, after: { type: factor, state: 'disabled' } },
      })
    }
  })

/**
 * After a wrong answer: how many this hour has seen. The fiftieth in a row disables the factor until it is bound anew; it
 * goes on being asked for, so that guessing never takes a lock away.
 */
export const countFailure = async (
  deps: Deps,
  place: Place & { readonly where: Where },
): Promise<{ readonly failures: number }> => {
  const { accountId, userId, factor } = place
  const counter = await inAccount(deps.db, accountId, (trx) => findCounter(trx, accountId, userId, factor))
  if (counter && counter.failures_in_a_row >= limits.failuresInARowMax) await disable(deps, place)
  return { failures: counter?.failures_in_hour ?? 0 }
}
