import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { releaseRows, withholdRows } from '../../messages/index.ts'
import { keepLocalTimes } from '../local-time/local-time.ts'
import { type CampaignRun, updateRun } from '../run/queries.ts'
import { type ActorMark, bySystem, moveRun } from '../run/states.ts'
import { percentOf, statusDetail } from '../run/status-detail.ts'
import type { Canary } from './contract.ts'
import { type BrokenLimit, findBroken } from './judge.ts'
import { drawFirst, findFirstExample, isNotFirst, readFirstFigures } from './queries.ts'
import { countFirst, readCanary } from './settings.ts'

const withheldBy = 'canary'

const ledgerRun = (run: CampaignRun) => ({
  accountId: run.account_id,
  sourceId: run.id,
  runMonth: run.run_month ?? '',
})

/** Lets the first messages go and keeps the rest; false when the run is too small to have a rest. */
export const startCanary = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  planned: number,
): Promise<boolean> => {
  const canary = readCanary(run.canary)
  const size = canary && countFirst(canary, planned)
  if (size === null) return false
  await drawFirst(trx, run, size)
  await withholdRows(trx, ledgerRun(run), { where: isNotFirst(run), reason: withheldBy })
  await moveRun(
    trx,
    run,
    { status: 'testing', gate: 'open', planned_all_at: deps.clock.now(), canary_until: null },
    { kind: 'canary_started', by: bySystem, detail: { first: size, of: planned } },
  )
  return true
}

/** The rest follows: the limits held, or whoever resumed decided so. */
export const releaseRest = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  note: { by: ActorMark; detail: Record<string, unknown> },
): Promise<void> => {
  await releaseRows(trx, ledgerRun(run), { where: sql<boolean>`q.withheld = ${withheldBy}`, dueAt: null })
  await keepLocalTimes(trx, deps, run, { begins: false })
  await moveRun(
    trx,
    run,
    {
      status: 'sending',
      status_reason: null,
      gate: 'open',
      canary_passed_at: deps.clock.now(),
      canary_until: null,
    },
    { kind: 'canary_passed', ...note },
  )
}

const stop = async (trx: Trx, run: CampaignRun, canary: Canary, broken: BrokenLimit): Promise<void> => {
  const { figure, count, of } = broken
  const share = percentOf(count, of)
  const limit = canary.limits[figure]
  const example = await findFirstExample(trx, run, figure)
  await moveRun(
    trx,
    run,
    {
      status: 'paused',
      status_reason: 'canary_limit',
      status_detail: statusDetail({ figure, share, limit, example }),
      gate: 'closed',
    },
    { kind: 'paused', by: bySystem, detail: { cause: 'canary_limit', figure, share, limit, count, of } },
  )
}

/** Part of the sweep while a run is testing: waits for the answers, then the minutes, then decides (email.md §17). */
export const judgeCanary = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<void> => {
  const canary = readCanary(run.canary)
  if (!canary) return releaseRest(trx, deps, run, { by: bySystem, detail: {} })
  const now = deps.clock.now()
  const seen = await readFirstFigures(trx, run)
  const ended = run.canary_until !== null && run.canary_until <= now
  const broken = findBroken(canary, seen, ended)
  if (broken) return stop(trx, run, canary, broken)
  if (ended) return releaseRest(trx, deps, run, { by: bySystem, detail: { ...seen } })
  if (run.canary_until === null && seen.waiting === 0) {
    await updateRun(trx, run.account_id, run.id, { canary_until: addMs(now, minutesMs(canary.wait_minutes)) })
  }
}
