import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, unprocessable } from '../../http/errors.ts'
import { enqueue } from '../../jobs/index.ts'
import { suppressOpenRows } from '../../messages/index.ts'
import { getLocked, markOf, moveRun, requireStatus } from './states.ts'

const running = ['preparing', 'testing', 'sending'] as const
const notFinal = [
  'scheduled',
  'held',
  'preparing',
  'testing',
  'sending',
  'paused',
  'finishing',
  'in_review',
  'failed',
] as const

export const throttleMin = 60
export const throttleMax = 200_000

/** @throws AppError 422 `throttle_out_of_range`. */
export const checkThrottle = (perHour: number | null | undefined): void => {
  if (perHour === null || perHour === undefined) return
  if (perHour < throttleMin || perHour > throttleMax) {
    throw unprocessable('throttle_out_of_range', `From ${throttleMin} to ${throttleMax} messages per hour.`)
  }
}

/** Closes the gate in one committed update; from then on no row of the run reaches `handed`. */
export const pause = async (trx: Trx, actor: Actor, id: string): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, running)
  await moveRun(
    trx,
    run,
    { status: 'paused', status_reason: 'by_user', gate: 'closed' },
    { kind: 'paused', by: markOf(actor) },
  )
}

/** Goes on with the remaining planned rows only; nothing is planned again, nothing accepted is touched. */
export const resume = async (trx: Trx, actor: Actor, id: string): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, ['paused', 'failed'])
  if (run.status === 'failed' && run.status_reason === 'accounting_mismatch')
    throw new AppError('cause_still_present', 409)
  const planned = run.planned_all_at !== null
  await moveRun(
    trx,
    run,
    planned
      ? { status: 'sending', status_reason: null, gate: 'open' }
      : { status: 'preparing', status_reason: null, gate: 'closed' },
    { kind: 'resumed', by: markOf(actor) },
  )
  if (!planned) await enqueue(trx, 'plan_campaign', { account_id: actor.accountId, id })
}

/** Final from every status that is not; works with all workers dead (set-based update). */
export const cancel = async (trx: Trx, deps: Deps, actor: Actor, id: string): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, notFinal)
  const stopped = await suppressOpenRows(trx, actor.accountId, id)
  await moveRun(
    trx,
    run,
    {
      status: 'canceled',
      status_reason: null,
      gate: 'closed',
      finished_at: deps.clock.now(),
      limiting_factor: null,
    },
    { kind: 'canceled', by: markOf(actor), detail: { not_handed_over: stopped } },
  )
  // Contacts frozen but not yet in the ledger get their row, too: the identity holds for a canceled run.
  if (run.planning_cursor !== null && run.planned_all_at === null) {
    await enqueue(trx, 'plan_campaign', { account_id: actor.accountId, id })
  }
}

/** Changeable while sending; null lifts it. */
export const throttle = async (trx: Trx, actor: Actor, id: string, perHour: number | null): Promise<void> => {
  checkThrottle(perHour)
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, ['draft', ...notFinal])
  await moveRun(
    trx,
    run,
    { throttle_per_hour: perHour },
    { kind: 'throttled', by: markOf(actor), detail: { per_hour: perHour } },
  )
}
