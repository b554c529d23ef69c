import { type RawBuilder, sql } from 'kysely'
import { bounceWordsOf } from '../../channels/email/bounce-classes.ts'
import type { Trx } from '../../db/pool.ts'

const word = sql`coalesce(m.reason, m.answer ->> 'class', 'unknown')`
const bouncedLater = sql`(m.state = 'accepted' and m.flags @> array['bounced_later'])`

/** Which rows of the ledger each choice means (sending.md §4.4). */
const conditions: Readonly<Record<string, RawBuilder<unknown>>> = {
  rejected: sql`m.state = 'rejected'`,
  canceled: sql`(m.state = 'suppressed' and m.reason = 'canceled')`,
  soft_bounce: sql`((m.state = 'rejected' or ${bouncedLater}) and ${word} = any(${bounceWordsOf('soft')}::text[]))`,
  expired: sql`(m.delivery_status = 'expired' or m.reason in ('expired', 'expired_before_send'))`,
  uncertain: sql`m.state = 'uncertain'`,
}

const isMeant = (states: readonly string[]) =>
  sql.join(
    states.map((state) => conditions[state] ?? sql`false`),
    sql` or `,
  )

type Followed = {
  readonly accountId: string
  readonly campaignId: string
  readonly runMonth: string | null
  readonly states: readonly string[]
  readonly excludeGroupIds: readonly string[]
}

/**
 * Contacts of the chosen rows as they are now: whose message was accepted meanwhile, here or by an earlier follow-up of
 * the same run, is not among them.
 */
export const notReachedContacts = (given: Followed): RawBuilder<{ id: string }> => {
  const { accountId, campaignId, runMonth, states, excludeGroupIds } = given
  return sql<{ id: string }>`(
    select distinct m.contact_id as id from messages m
    where m.account_id = ${accountId} and m.source_id = ${campaignId} and m.run_month = ${runMonth}::date
      and m.contact_id is not null and (${isMeant(states)})
      and not exists (select from campaigns f join messages r on r.account_id = ${accountId} and r.source_id = f.id
          and r.recipient_key = m.recipient_key and r.run_month = f.run_month
        where f.account_id = ${accountId} and f.parent_campaign_id = ${campaignId} and f.follow_up is not null
          and r.state = 'accepted' and not (r.flags @> array['bounced_later']))
      and not exists (select from contact_group_members x where x.account_id = ${accountId}
        and x.contact_id = m.contact_id and x.group_id = any(${[...excludeGroupIds]}::uuid[]) and x.state = 'member'))`
}

export const findRunMonth = async (trx: Trx, accountId: string, id: string): Promise<string | null> => {
  const row = await trx
    .selectFrom('campaigns')
    .select('run_month')
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.run_month ?? null
}
