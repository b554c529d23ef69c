import { bySystem as bySystemItself, recordActOf } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalidField, unprocessable } from '../../http/errors.ts'
import { findHeldReason, refuseWhileHeld } from '../../instance-guard/index.ts'
import { enqueue } from '../../jobs/index.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { runMonthOf } from '../../messages/index.ts'
import { isSimulated } from '../../providers/index.ts'
import { templateError } from '../content/links.ts'
import type { Preflight, StatusDetail } from '../contract.ts'
import { downtimeOf } from '../guards/guards.ts'
import { earliestStart } from '../local-time/local-time.ts'
import { runPreflight } from '../preflight/preflight.ts'
import type { Launch, Schedule } from './contract.ts'
import type { CampaignRun } from './queries.ts'
import { requireOwnSender } from './sender-allowed.ts'
import { type ActorMark, bySystem, getLocked, markOf, moveRun, requireStatus } from './states.ts'
import { statusDetail } from './status-detail.ts'

const startable = ['draft', 'scheduled', 'held'] as const
const audienceTolerance = 0.1

const checkOverrides = (actor: Actor, launch: Launch): void => {
  if ((launch.preflight_overrides ?? []).length > 0 && !actor.permissions.has('email.preflight.override')) {
    throw new AppError('permission_denied', 403, '', { permission: 'email.preflight.override' })
  }
}

const checkConfirmed = (launch: Launch, preflight: Preflight): void => {
  const confirmed = launch.audience_confirmed
  if (confirmed === undefined) return
  if (Math.abs(preflight.audience - confirmed) > confirmed * audienceTolerance) {
    throw conflict('revision_changed', 'The audience has changed since it was confirmed.', {
      audience: preflight.audience,
    })
  }
}

type Overrides = readonly { code: string; reason: string }[]

/** Pre-flight as launch sees it: a block counts unless it may be overridden and is named. */
const judge = async (trx: Trx, deps: Deps, run: CampaignRun, overrides: Overrides): Promise<Preflight> => {
  const preflight = await runPreflight(trx, deps, run.account_id, run.id, overrides)
  if (preflight.fault) throw templateError(preflight.fault)
  if (!preflight.ok) throw unprocessable('preflight_failed', '', { checks: preflight.checks })
  return preflight
}

/** Sets the run going: its month is fixed for ever, planning is enqueued in the same transaction. */
const begin = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  by: ActorMark,
  detail: Record<string, unknown>,
): Promise<void> => {
  const now = deps.clock.now()
  await moveRun(
    trx,
    run,
    {
      status: 'preparing',
      status_reason: null,
      gate: 'closed',
      hold_until: null,
      time_mode: run.time_mode,
      started_at: now,
      run_month: runMonthOf(now),
      simulated: await isSimulated(trx, { accountId: run.account_id, channel: 'email' }),
      planning_cursor: null,
      planned_all_at: null,
    },
    { kind: 'started', by, detail },
  )
  await enqueue(trx, 'plan_campaign', { account_id: run.account_id, id: run.id })
}

/** Starts now, or after the hold-back minutes during which a stop sends nothing (account.md §6). */
export const launchNow = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  launch: Launch,
): Promise<void> => {
  checkOverrides(actor, launch)
  await refuseWhileHeld(trx)
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, startable)
  await requireOwnSender(trx, actor, id)
  const overrides = launch.preflight_overrides ?? []
  const preflight = await judge(trx, deps, run, overrides)
  checkConfirmed(launch, preflight)
  if (run.hold_minutes > 0) {
    const holdUntil = addMs(deps.clock.now(), minutesMs(run.hold_minutes))
    const change = {
      status: 'scheduled',
      status_reason: 'hold_back',
      planned_at: holdUntil,
      time_mode: 'at',
      start_at: null,
      hold_until: holdUntil,
      preflight_overrides: JSON.stringify(overrides),
    }
    await moveRun(trx, run, change, { kind: 'held_back', by: markOf(actor), detail: { until: holdUntil } })
    return
  }
  // Whoever starts now means now, whatever was planned before.
  const anew = { ...run, time_mode: 'at' }
  await begin(trx, deps, anew, markOf(actor), { audience: preflight.audience, overrides })
}

export const schedule = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  given: Schedule,
): Promise<void> => {
  checkOverrides(actor, given)
  await refuseWhileHeld(trx)
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, startable)
  await requireOwnSender(trx, actor, id)
  const plannedAt = new Date(given.planned_at)
  if (Number.isNaN(plannedAt.getTime()) || plannedAt <= deps.clock.now()) {
    throw invalidField('/planned_at', 'out_of_range', 'must be in the future')
  }
  const overrides = given.preflight_overrides ?? []
  checkConfirmed(given, await judge(trx, deps, run, overrides))
  const timeMode = given.time_mode ?? 'at'
  const startAt =
    timeMode === 'at' ? null : await earliestStart(trx, actor.accountId, plannedAt, deps.clock.now())
  const holdMs = minutesMs(run.hold_minutes)
  const holdUntil = holdMs > 0 ? addMs(startAt ?? plannedAt, holdMs) : null
  await moveRun(
    trx,
    run,
    {
      status: 'scheduled',
      status_reason: null,
      planned_at: plannedAt,
      time_mode: timeMode,
      start_at: startAt,
      hold_until: holdUntil,
      preflight_overrides: JSON.stringify(overrides),
    },
    { kind: 'scheduled', by: markOf(actor), detail: { planned_at: plannedAt } },
  )
}

export const unschedule = async (trx: Trx, actor: Actor, id: string): Promise<void> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, ['scheduled', 'held'])
  await moveRun(
    trx,
    run,
    {
      status: 'draft',
      status_reason: null,
      planned_at: null,
      hold_until: null,
      time_mode: 'at',
      start_at: null,
    },
    { kind: 'unscheduled', by: markOf(actor) },
  )
}

const hold = (trx: Trx, run: CampaignRun, reason: string, detail: Partial<StatusDetail>): Promise<void> =>
  moveRun(
    trx,
    run,
    { status: 'held', status_reason: reason, status_detail: statusDetail(detail) },
    { kind: 'held', by: bySystem, detail: { reason, ...detail } },
  )

/** Guards that refuse a start; the first that does is told (sending.md §4.1). */
const findHold = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  due: Date,
): Promise<{ reason: string; detail: Partial<StatusDetail> } | null> => {
  const now = deps.clock.now()
  const detail = { was_due: due.toISOString() }
  if (await findHeldReason(trx)) return { reason: 'clone', detail }
  if (now > addMs(due, minutesMs(run.max_lateness_minutes))) return { reason: 'late', detail }
  const preflight = await runPreflight(
    trx,
    deps,
    run.account_id,
    run.id,
    run.preflight_overrides as Overrides,
  )
  if (!preflight.ok) {
    const blocking = preflight.checks.filter((check) => check.level === 'block' && !check.overridden)
    return {
      reason: 'preflight_changed',
      detail: { ...detail, checks: blocking.map((check) => check.code) },
    }
  }
  const downtime = await downtimeOf(trx, run)
  // A provider whose wait is over is tried by this very run.
  if (!downtime || (downtime.retryAt && downtime.retryAt <= now)) return null
  return {
    reason: 'provider_down',
    detail: { ...detail, next_at: downtime.retryAt?.toISOString() ?? null },
  }
}

/**
 * Starts a due scheduled run, or holds it: too late (sending.md §4.5), or pre-flight blocks by now. Nothing leaves by
 * itself after a hold.
 */
export const startScheduled = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
  const run = await getLocked(trx, accountId, id)
  const due = run.hold_until ?? run.start_at ?? run.planned_at
  const now = deps.clock.now()
  if (run.status !== 'scheduled' || !due || due > now) return
  const held = await findHold(trx, deps, run, due)
  if (held) return hold(trx, run, held.reason, held.detail)
  await begin(trx, deps, run, bySystem, {})
  await recordActOf(trx, deps, bySystemItself(accountId), {
    action: 'campaign.started',
    type: 'campaign',
    id,
    before: { status: run.status },
    after: { status: 'preparing' },
  })
}
