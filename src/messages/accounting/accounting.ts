import type { Trx } from '../../db/pool.ts'
import { countDifference, countLastMinute, type RowCount } from './queries.ts'
import { type Counted, countExactly, countForScreen } from './recent.ts'

/** Four separate figures and the rest; the word "sent" is never used for a count (sending.md §3). */
export type Counts = {
  audience: number
  planned: number
  claimed: number
  handed: number
  accepted: number
  rejected: number
  uncertain: number
  suppressed: number
  delivered: number
}

const toCounts = ({ audience, rows }: Counted): Counts => {
  const of = (state: string) => total(rows, (row) => row.state === state)
  return {
    audience,
    planned: of('planned'),
    claimed: of('claimed'),
    handed: of('handed'),
    accepted: of('accepted'),
    rejected: of('rejected'),
    uncertain: of('uncertain'),
    suppressed: of('suppressed'),
    delivered: rows.reduce((sum, row) => sum + row.delivered, 0),
  }
}

const total = (rows: readonly RowCount[], fits: (row: RowCount) => boolean): number =>
  rows.filter(fits).reduce((sum, row) => sum + row.n, 0)

/** `screen` figures may be some seconds old in a large run; `exact` ones are those of this transaction. */
export type Precision = 'exact' | 'screen'

const count = (trx: Trx, accountId: string, id: string, precision: Precision): Promise<Counted> =>
  precision === 'exact' ? countExactly(trx, accountId, id) : countForScreen(trx, accountId, id)

/** Counts of several campaigns; one that has not started has zeros. */
export const readCounts = async (
  trx: Trx,
  accountId: string,
  campaignIds: readonly string[],
  precision: Precision = 'screen',
): Promise<Map<string, Counts>> => {
  const counts = new Map<string, Counts>()
  for (const id of campaignIds) counts.set(id, toCounts(await count(trx, accountId, id, precision)))
  return counts
}

export type Accounting = Counts & {
  pending: number
  sum: number
  balanced: boolean
  suppressed_by_reason: Record<string, number>
  rejected_by_reason: Record<string, number>
  uncertain_open: number
  uncertain_resolved: { accepted: number; missed: number; repeated: number }
  missing: number
  surplus: number
}

const byReason = (rows: readonly RowCount[], state: string, unnamed: string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    if (row.state !== state) continue
    const reason = row.reason ?? unnamed
    counts[reason] = (counts[reason] ?? 0) + row.n
  }
  return counts
}

/**
 * The accounting identity of one run: audience = pending + accepted + rejected + uncertain + suppressed. Its two sides
 * are counted from two tables; neither is derived from the other. Whether they hold the same people is compared one by one
 * when the run has come to rest or the sums disagree.
 */
export const readAccounting = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  precision: Precision = 'exact',
): Promise<Accounting> => {
  const counted = await count(trx, accountId, campaignId, precision)
  const counts = toCounts(counted)
  const { rows } = counted
  const pending = counts.planned + counts.claimed + counts.handed
  const sum = pending + counts.accepted + counts.rejected + counts.uncertain + counts.suppressed
  const balanced = sum === counts.audience
  const compared = !balanced || pending === 0
  const difference = compared ? await countDifference(trx, accountId, campaignId) : { missing: 0, surplus: 0 }
  const resolved = (resolution: string) => total(rows, (row) => row.resolution === resolution)
  return {
    ...counts,
    pending,
    sum,
    balanced,
    suppressed_by_reason: byReason(rows, 'suppressed', 'canceled'),
    rejected_by_reason: byReason(rows, 'rejected', 'unknown'),
    uncertain_open: total(rows, (row) => row.state === 'uncertain' && row.resolution === null),
    uncertain_resolved: {
      accepted: resolved('accepted'),
      missed: resolved('missed'),
      repeated: resolved('repeated'),
    },
    ...difference,
  }
}

/** Messages per hour at the pace of the last minute; null when nothing left in it. */
export const readRatePerHour = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<number | null> => {
  const lastMinute = await countLastMinute(trx, accountId, campaignId)
  return lastMinute === 0 ? null : lastMinute * 60
}
