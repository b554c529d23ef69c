import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

/** People of the drill, straight into the tables: they are not what is being tried. */
export const insertPeople = async (
  trx: Trx,
  accountId: string,
  groupId: string,
  count: number,
): Promise<void> => {
  await sql`
    with people as (
      insert into contacts (account_id, id, email, email_key, first_name, source)
      select ${accountId}, uuid_v7(), 'person' || n || '@drill.example', 'person' || n || '@drill.example', 'P' || n, 'manual'
      from generate_series(1, ${count}) n
      returning id)
    insert into contact_group_members (account_id, group_id, contact_id)
    select ${accountId}, ${groupId}, id from people`.execute(trx)
}

export type Outcome = {
  status: string
  audience: number
  accepted: number
  uncertain: number
  pending: number
  other: number
  /** Accepted without a copy in the mailbox, and people without a row. */
  lost: number
  /** Messages with more than one copy. */
  doubled: number
}

/** The ledger held against the mailbox, which knows nothing of it. */
export const readOutcome = async (trx: Trx, accountId: string, campaignId: string): Promise<Outcome> => {
  const { rows } = await sql<Outcome>`
    with copies as (
      select message_id, count(*) as n from simulator_messages
      where account_id = ${accountId} and campaign_id = ${campaignId} group by message_id
    ), mine as (
      select m.state, coalesce(c.n, 0) as n from messages m left join copies c on c.message_id = m.message_id
      where m.account_id = ${accountId} and m.source_id = ${campaignId}
    ), people as (
      select count(*) as n from audience_members where account_id = ${accountId} and campaign_id = ${campaignId}
    )
    select (select status from campaigns where account_id = ${accountId} and id = ${campaignId}) as status,
      (select n from people) as audience,
      count(*) filter (where state = 'accepted') as accepted,
      count(*) filter (where state = 'uncertain') as uncertain,
      count(*) filter (where state in ('planned', 'claimed', 'handed')) as pending,
      count(*) filter (where state in ('rejected', 'suppressed')) as other,
      count(*) filter (where state = 'accepted' and n = 0) + case when exists (select from campaigns
          where account_id = ${accountId} and id = ${campaignId} and planned_all_at is not null)
        then (select n from people) - count(*) else 0 end as lost,
      count(*) filter (where n > 1) as doubled
    from mine`.execute(trx)
  const [outcome] = rows
  if (!outcome) throw new Error('nothing was counted')
  return outcome
}
