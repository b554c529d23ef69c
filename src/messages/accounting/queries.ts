import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** The left side of the identity: the frozen audience, counted on its own. */
export const countAudience = async (trx: Trx, accountId: string, campaignId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audience_members
    where account_id = ${accountId} and campaign_id = ${campaignId}`.execute(trx)
  return rows[0]?.n ?? 0
}

export type RowCount = {
  state: string
  reason: string | null
  resolution: string | null
  n: number
  delivered: number
}

/** The right side: ledger rows by state, reason and resolution in one pass. */
export const countRows = async (trx: Trx, accountId: string, sourceId: string): Promise<RowCount[]> => {
  const { rows } = await sql<RowCount>`
    select state, reason, resolution, count(*) as n,
      count(*) filter (where state = 'accepted' and delivery_status in ('delivered', 'read', 'reacted')) as delivered
    from messages where account_id = ${accountId} and source_id = ${sourceId}
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

export type Movement = {
  accepted: number
  refused: number
  lost: number
  claimed: number
  handed: number
}

/** What the answers of a run come to so far, and what its senders hold right now: a few rows, however large the run is. */
export const readMovement = async (trx: Trx, accountId: string, sourceId: string): Promise<Movement> => {
  const { rows } = await sql<Movement>`
    select coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(refused), 0)::bigint as refused,
      coalesce(sum(lost), 0)::bigint as lost,
      (select count(*) from leases l join messages m on m.account_id = ${accountId} and m.run_month = l.run_month
        and m.message_id = any(l.message_ids) and m.lease_id = l.id and m.state = 'claimed'
        where l.account_id = ${accountId} and l.source_id = ${sourceId}) as claimed,
      (select count(*) from leases l join messages m on m.account_id = ${accountId} and m.run_month = l.run_month
        and m.message_id = any(l.message_ids) and m.lease_id = l.id and m.state = 'handed'
        where l.account_id = ${accountId} and l.source_id = ${sourceId}) as handed
    from run_answers where account_id = ${accountId} and source_id = ${sourceId}`.execute(trx)
  return rows[0] ?? { accepted: 0, refused: 0, lost: 0, claimed: 0, handed: 0 }
}

/** Messages answered in the last minute, for the rate on screen. */
export const countLastMinute = async (trx: Trx, accountId: string, campaignId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select coalesce(sum(accepted + refused), 0)::bigint as n from run_answers
    where account_id = ${accountId} and source_id = ${campaignId}
      and at > app_now() - interval '1 minute'`.execute(trx)
  return rows[0]?.n ?? 0
}
