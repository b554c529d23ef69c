import { sql } from 'kysely'
import type { Use } from '../../contacts/index.ts'
import type { Trx } from '../../db/pool.ts'

const shownMax = 50

/** From here on a campaign counts on what it names; a draft may still be changed. */
const isBlocking = sql`c.status in ('in_review', 'scheduled', 'held', 'preparing', 'testing', 'sending', 'paused', 'finishing')`
const isOpen = sql`(c.status = 'draft' or ${isBlocking})`

/** Campaigns that are not over and name the group as audience, exclusion or topic. */
export const listUsesOfGroup = async (trx: Trx, accountId: string, groupId: string): Promise<Use[]> => {
  const named = JSON.stringify([groupId])
  const { rows } = await sql<Use>`
    select 'campaign' as type, c.id, c.name, ${isBlocking} as blocking from campaigns c
    where c.account_id = ${accountId} and ${isOpen} and (c.topic_id = ${groupId}
      or c.audience -> 'group_ids' @> ${named}::jsonb or c.audience -> 'exclude_group_ids' @> ${named}::jsonb)
    order by blocking desc, c.created_at desc limit ${shownMax}`.execute(trx)
  return rows
}

/** Campaigns that are not over and whose present content names the additional field. */
export const listUsesOfField = async (trx: Trx, accountId: string, name: string): Promise<Use[]> => {
  const { rows } = await sql<Use>`
    select 'campaign' as type, c.id, c.name, ${isBlocking} as blocking from campaigns c
    join campaign_revisions r on r.account_id = ${accountId} and r.campaign_id = c.id and r.n = c.content_revision
    where c.account_id = ${accountId} and ${isOpen} and r.content::text ~ ${`\\{[{%][^}]*\\m${name}\\M`}
    order by blocking desc, c.created_at desc limit ${shownMax}`.execute(trx)
  return rows
}

const isFromDomain = (accountId: string, domain: string) => sql`lower(split_part(s.value, '@', 2)) = ${domain}
  and s.id = coalesce(c.sender_id, (select d.id from sender_identities d
    where d.account_id = ${accountId} and d.channel = 'email' and d.is_default))`

/** Campaigns that have begun or are to begin by themselves, from senders on the domain. */
export const listUsesOfDomain = async (trx: Trx, accountId: string, domain: string) => {
  const { rows } = await sql<{ type: string; id: string; name: string }>`
    select 'campaign' as type, c.id, c.name from campaigns c
    join sender_identities s on s.account_id = ${accountId} and s.channel = 'email'
    where c.account_id = ${accountId} and c.channel = 'email' and ${isBlocking} and ${isFromDomain(accountId, domain)}
    order by c.created_at desc limit ${shownMax}`.execute(trx)
  return rows
}

/** The same with their senders, all of them. */
export const listOpenFromDomain = async (trx: Trx, accountId: string, domain: string) => {
  const { rows } = await sql<{ id: string; sender: string }>`
    select c.id, s.value as sender from campaigns c
    join sender_identities s on s.account_id = ${accountId} and s.channel = 'email'
    where c.account_id = ${accountId} and c.channel = 'email' and ${isBlocking} and ${isFromDomain(accountId, domain)}
    order by c.id`.execute(trx)
  return rows
}
