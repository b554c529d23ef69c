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

export type Detail = {
  suppressed: Record<string, number>
  rejected: Record<string, number>
  uncertain_open: number
  resolved_accepted: number
  resolved_missed: number
  resolved_repeated: number
  missing: number
  surplus: number
}

export const readDetail = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
): Promise<Detail | undefined> => {
  const { rows } = await sql<Detail>`
    with own as materialized (
      select recipient_key, state, reason, resolution from messages
      where account_id = ${accountId} and source_id = ${campaignId}
    )
    select
      coalesce((select jsonb_object_agg(r, n) from (select coalesce(reason, 'canceled') r, count(*) n from own
        where state = 'suppressed' group by 1) s), '{}') as suppressed,
      coalesce((select jsonb_object_agg(r, n) from (select coalesce(reason, 'unknown') r, count(*) n from own
        where state = 'rejected' group by 1) s), '{}') as rejected,
      (select count(*) from own where state = 'uncertain' and resolution is null) as uncertain_open,
      (select count(*) from own where resolution = 'accepted') as resolved_accepted,
      (select count(*) from own where resolution = 'missed') as resolved_missed,
      (select count(*) from own where resolution = 'repeated') as resolved_repeated,
      (select count(*) from audience_members a where a.account_id = ${accountId} and a.campaign_id = ${campaignId}
        and not exists (select from own o where o.recipient_key = a.contact_id::text)) as missing,
      (select count(*) from own o where not exists (select from audience_members a
        where a.account_id = ${accountId} and a.campaign_id = ${campaignId} and a.contact_id::text = o.recipient_key)) as surplus
  `.execute(trx)
  return rows[0]
}

/** Messages accepted in the last minute, for the rate on screen. */
export const countLastMinute = async (trx: Trx, accountId: string, campaignId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages
    where account_id = ${accountId} and source_id = ${campaignId} and state in ('accepted', 'rejected')
      and final_at > app_now() - interval '1 minute'`.execute(trx)
  return rows[0]?.n ?? 0
}
