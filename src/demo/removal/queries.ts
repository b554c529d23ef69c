import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** Ledger rows of sample campaigns and of test messages made from them, with all that hangs on them. */
export const deleteCampaigns = async (trx: Trx, accountId: string): Promise<number> => {
  const sources = sql`(
    select id from campaigns where account_id = ${accountId} and demo
    union all
    select t.id from test_sends t join campaigns c on c.account_id = ${accountId} and c.id = t.campaign_id
    where t.account_id = ${accountId} and c.demo)`
  await sql`delete from message_attempts where account_id = ${accountId} and source_id in ${sources}`.execute(
    trx,
  )
  await sql`delete from message_events where account_id = ${accountId} and source_id in ${sources}`.execute(
    trx,
  )
  await sql`delete from tracking_hits where account_id = ${accountId} and campaign_id in ${sources}`.execute(
    trx,
  )
  await sql`delete from messages where account_id = ${accountId} and source_id in ${sources}`.execute(trx)
  const gone = await sql`delete from campaigns where account_id = ${accountId} and demo returning id`.execute(
    trx,
  )
  return gone.rows.length
}

/** Own campaigns may name a sample group: its row then stays, like that of every deleted group, for its name. */
export const deleteGroups = async (trx: Trx, accountId: string): Promise<number> => {
  await sql`
    delete from contact_group_members m using contact_groups g
    where m.account_id = ${accountId} and g.account_id = ${accountId} and g.id = m.group_id and g.demo`.execute(
    trx,
  )
  const kept = await sql`
    update contact_groups g set state = 'deleted', deleted_at = app_now(), demo = false, updated_at = app_now(),
      version = version + 1
    where g.account_id = ${accountId} and g.demo and exists (
      select from campaigns c where c.account_id = ${accountId} and (c.topic_id = g.id
        or c.audience -> 'group_ids' ? g.id::text or c.audience -> 'exclude_group_ids' ? g.id::text))
    returning id`.execute(trx)
  const gone =
    await sql`delete from contact_groups where account_id = ${accountId} and demo returning id`.execute(trx)
  return kept.rows.length + gone.rows.length
}

export const deleteContacts = async (trx: Trx, accountId: string): Promise<number> => {
  const own = sql`(select id from contacts where account_id = ${accountId} and demo)`
  // Memberships of own groups first, in one statement: the cascade would count each contact by itself.
  await sql`delete from contact_group_members where account_id = ${accountId} and contact_id in ${own}`.execute(
    trx,
  )
  await sql`delete from consents where account_id = ${accountId} and contact_id in ${own}`.execute(trx)
  await sql`delete from contact_changes where account_id = ${accountId} and contact_id in ${own}`.execute(trx)
  const gone = await sql`delete from contacts where account_id = ${accountId} and demo returning id`.execute(
    trx,
  )
  return gone.rows.length
}

/** A sample field that an own contact uses by now is the account's own; so is one that somebody has edited. */
export const deleteUnusedFields = (trx: Trx, accountId: string) =>
  sql`
    delete from field_definitions d where d.account_id = ${accountId} and d.flags @> '{"demo": true}'
      and not exists (select from contacts c where c.account_id = ${accountId} and c.fields ? d.name)`.execute(
    trx,
  )
