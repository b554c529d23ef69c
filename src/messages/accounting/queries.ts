import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type StateCount = { source_id: string; state: string; n: number; delivered: number }

/** The right side of the identity: ledger rows by state, for several sources in one statement. */
export const countStates = async (
  trx: Trx,
  accountId: string,
  sourceIds: readonly string[],
): Promise<StateCount[]> => {
  if (sourceIds.length === 0) return []
  const { rows } = await sql<StateCount>`
    select source_id, state, count(*) as n,
      count(*) filter (where state = 'accepted' and delivery_status in ('delivered', 'read', 'reacted')) as delivered
    from messages where account_id = ${accountId} and source_id = any(${sourceIds as string[]}::uuid[])
    group by source_id, state`.execute(trx)
  return rows
}

/** The left side: the frozen audience, counted on its own. */
export const countAudience = async (
  trx: Trx,
  accountId: string,
  campaignIds: readonly string[],
): Promise<Map<string, number>> => {
  if (campaignIds.length === 0) return new Map()
  const { rows } = await sql<{ campaign_id: string; n: number }>`
    select campaign_id, count(*) as n from audience_members
    where account_id = ${accountId} and campaign_id = any(${campaignIds as string[]}::uuid[])
    group by campaign_id`.execute(trx)
  return new Map(rows.map((row) => [row.campaign_id, row.n]))
}

export type ReasonCount = { state: string; reason: string | null; resolution: string | null; n: number }

/** Ledger rows by state, reason and resolution in one pass. */
export const countReasons = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<ReasonCount[]> => {
  const { rows } = await sql<ReasonCount>`
    select state, reason, resolution, count(*) as n from messages
    where account_id = ${accountId} and source_id = ${campaignId}
    group by state, reason, resolution`.execute(trx)
  return rows
}

export type Difference = { missing: number; surplus: number }

/** Contacts without a row, rows without a contact: each side looked up in the other by its primary key. */
export const countDifference = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<Difference> => {
  const { rows } = await sql<Difference>`
    select
      (select count(*) from audience_members a where a.account_id = ${accountId} and a.campaign_id = ${campaignId}
        and not exists (select from messages m where m.account_id = ${accountId} and m.source_id = ${campaignId}
          and m.recipient_key = a.contact_id::text)) as missing,
      (select count(*) from messages m where m.account_id = ${accountId} and m.source_id = ${campaignId}
        and not exists (select from audience_members a where a.account_id = ${accountId}
          and a.campaign_id = ${campaignId} and a.contact_id = m.recipient_key::uuid)) as surplus`.execute(
    trx,
  )
  return rows[0] ?? { missing: 0, surplus: 0 }
}

/** Messages accepted in the last minute, for the rate on screen. */
export const countLastMinute = async (trx: Trx, accountId: string, campaignId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages
    where account_id = ${accountId} and source_id = ${campaignId} and state in ('accepted', 'rejected')
      and final_at > app_now() - interval '1 minute'`.execute(trx)
  return rows[0]?.n ?? 0
}
