import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { isTimeZone } from '../../lib/time-zone.ts'
import { stopRows } from '../../messages/index.ts'
import type { CampaignRun } from '../run/queries.ts'
import { localOf, momentOf } from '../windows/opening.ts'
import { findAccountZone } from '../windows/queries.ts'
import { listZonesOf, livesIn, waitForZones } from './queries.ts'

/** Nowhere does a day begin earlier. */
const firstZone = 'Etc/GMT-14'
/** In the words of the limiting factor. */
const factor = 'local time of recipients'

/** When a local time comes first anywhere: the run begins then, to be ready for those who live there. */
export const earliestStart = async (
  trx: Trx,
  accountId: string,
  plannedAt: Date,
  now: Date,
): Promise<Date> => {
  const local = localOf(plannedAt, await findAccountZone(trx, accountId))
  const first = momentOf(local, firstZone)
  return first < now ? now : first
}

/**
 * Gives each waiting recipient the planned hour of his own zone. Where it has passed by more than the lateness allowed,
 * the row is decided when the run begins, not dropped (sending.md §4.5).
 */
export const keepLocalTimes = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  { begins }: { begins: boolean },
): Promise<void> => {
  if (run.time_mode !== 'contact_time_zone' || !run.planned_at) return
  const now = deps.clock.now()
  const ledger = { accountId: run.account_id, sourceId: run.id, runMonth: run.run_month ?? '' }
  const account = await findAccountZone(trx, run.account_id)
  const local = localOf(run.planned_at, account)
  const times = (await listZonesOf(trx, ledger)).map((zone) => ({
    zone,
    at: momentOf(local, zone !== null && isTimeZone(zone) ? zone : account),
  }))
  const latenessMs = minutesMs(run.max_lateness_minutes)
  const passed = times.filter(({ at }) => addMs(at, latenessMs) < now)
  if (begins && passed.length > 0) {
    const zones = passed.map(({ zone }) => zone)
    await stopRows(trx, ledger, livesIn(ledger, zones), 'expired_before_send')
  }
  const waiting = times.filter(({ at }) => at > now)
  const due = waiting.map(({ zone, at }) => ({ zone, due_at: at.toISOString() }))
  if (due.length > 0) await waitForZones(trx, ledger, due, factor)
}
