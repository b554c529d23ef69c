import type { Trx } from '../../db/pool.ts'
import { countAudience, countLastMinute, countStates, readDetail } from './queries.ts'

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

/**
 * The accounting identity of one run: audience = pending + accepted + rejected + uncertain + suppressed. Its two sides
 * are counted from two tables; neither is derived from the other.
 */
export const readAccounting = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<Accounting> => {
  const counts = (await readCounts(trx, accountId, [campaignId])).get(campaignId) ?? none
  const detail = await readDetail(trx, accountId, campaignId)
  const pending = counts.planned + counts.claimed + counts.handed
  const sum = pending + counts.accepted + counts.rejected + counts.uncertain + counts.suppressed
  return {
    ...counts,
    pending,
    sum,
    balanced: sum === counts.audience,
    suppressed_by_reason: detail?.suppressed ?? {},
    rejected_by_reason: detail?.rejected ?? {},
    uncertain_open: detail?.uncertain_open ?? 0,
    uncertain_resolved: {
      accepted: detail?.resolved_accepted ?? 0,
      missed: detail?.resolved_missed ?? 0,
      repeated: detail?.resolved_repeated ?? 0,
    },
    missing: detail?.missing ?? 0,
    surplus: detail?.surplus ?? 0,
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
