import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, unprocessable } from '../../http/errors.ts'
import { refuseWhileHeld } from '../../instance-guard/index.ts'
import { enqueue } from '../../jobs/index.ts'
import { suppressOpenRows } from '../../messages/index.ts'
import { releaseRest } from '../canary/canary.ts'
import { hasFirst } from '../canary/queries.ts'
import { isCauseThere } from '../guards/guards.ts'
import { type CampaignRun, updateRun } from './queries.ts'
import { type ActorMark, getLocked, markOf, moveRun, requireStatus } from './states.ts'

const running = ['preparing', 'testing', 'sending'] as const
export const notFinal = [
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

/** Where a run goes on that was paused in its canary: the rest follows when the canary itself was the cause. */
const resumePlanned = async (trx: Trx, deps: Deps, run: CampaignRun, by: ActorMark): Promise<void> => {
  const inCanary = run.canary !== null && run.canary_passed_at === null && (await hasFirst(trx, run))
  if (inCanary && run.status_reason === 'canary_limit') {
    return releaseRest(trx, deps, run, { by, detail: { cause: 'resumed' } })
  }
  const status = inCanary ? 'testing' : 'sending'
  await moveRun(trx, run, { status, status_reason: null, gate: 'open' }, { kind: 'resumed', by })
}

const refuseWithCause = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<void> => {
  if (await isCauseThere(trx, deps, run)) {
    throw new AppError('cause_still_present', 409, '', { status_reason: run.status_reason })
  }
}

/** Goes on with the remaining planned rows only; nothing is planned again, nothing accepted is touched. */
export const resume = async (trx: Trx, deps: Deps, actor: Actor, id: string): Promise<void> => {
  await refuseWhileHeld(trx)
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, ['paused', 'failed'])
  await refuseWithCause(trx, deps, run)
  // Whoever goes on has seen what came back so far; the guards count from here.
  await updateRun(trx, run.account_id, id, { answers_since: deps.clock.now(), provider_down_since: null })
  if (run.planned_all_at !== null) return resumePlanned(trx, deps, run, markOf(actor))
  await moveRun(
    trx,
    run,
    { status: 'preparing', status_reason: null, gate: 'closed' },
    { kind: 'resumed', by: markOf(actor) },
  )
  await enqueue(trx, 'plan_campaign', { account_id: actor.accountId, id })
}

/** Final from every status that is not; works with all workers dead (set-based update). */
export const stopRun = async (trx: Trx, deps: Deps, run: CampaignRun, by: ActorMark): Promise<void> => {
  const { account_id: accountId, id } = run
  const stopped = await suppressOpenRows(trx, accountId, id)
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
    { kind: 'canceled', by, detail: { not_handed_over: stopped } },
  )
  // Contacts frozen but not yet in the ledger get their row, too: the identity holds for a canceled run.
  if (run.planning_cursor !== null && run.planned_all_at === null) {
    await enqueue(trx, 'plan_campaign', { account_id: accountId, id })
  }
}

export const cancel = async (trx: Trx, deps: Deps, actor: Actor, id: string): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, notFinal)
  await stopRun(trx, deps, run, markOf(actor))
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
