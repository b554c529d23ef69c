import type { Trx } from '../../db/pool.ts'
import {
  countAudience,
  countDifference,
  countLastMinute,
  countReasons,
  countStates,
  type ReasonCount,
} from './queries.ts'

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

const none: Counts = {
  audience: 0,
  planned: 0,
  claimed: 0,
  handed: 0,
  accepted: 0,
  rejected: 0,
  uncertain: 0,
  suppressed: 0,
  delivered: 0,
}

/** Counts of several campaigns; one that has not started has zeros. */
export const readCounts = async (
  trx: Trx,
  accountId: string,
  campaignIds: readonly string[],
): Promise<Map<string, Counts>> => {
  const audience = await countAudience(trx, accountId, campaignIds)
  const counts = new Map(campaignIds.map((id) => [id, { ...none, audience: audience.get(id) ?? 0 }]))
  for (const row of await countStates(trx, accountId, campaignIds)) {
    const own = counts.get(row.source_id)
    if (!own) continue
    own[row.state as keyof Counts] = row.n
    own.delivered += row.delivered
  }
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

const byReason = (rows: readonly ReasonCount[], state: string, unnamed: string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const row of rows) {
    if (row.state !== state) continue
    const reason = row.reason ?? unnamed
    counts[reason] = (counts[reason] ?? 0) + row.n
  }
  return counts
}

const total = (rows: readonly ReasonCount[], fits: (row: ReasonCount) => boolean): number =>
  rows.filter(fits).reduce((sum, row) => sum + row.n, 0)

/**
 * The accounting identity of one run: audience = pending + accepted + rejected + uncertain + suppressed. Its two sides
 * are counted from two tables; neither is derived from the other. Whether they hold the same people is compared one by one
 * when the run has come to rest or the sums disagree.
 */
export const readAccounting = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<Accounting> => {
  const counts = (await readCounts(trx, accountId, [campaignId])).get(campaignId) ?? none
  const rows = await countReasons(trx, accountId, campaignId)
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
