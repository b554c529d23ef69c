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
