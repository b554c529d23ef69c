import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export type Subscriber = {
  readonly sender: string
  readonly sender_email: string | null
  readonly account_language: string
  readonly contact_id: string | null
  readonly email: string | null
  readonly language: string | null
  readonly topic_id: string | null
  readonly unsubscribed: boolean
  readonly source_id: string | null
  readonly is_test: boolean
}

/**
 * Whom an unsubscribe link is about. The contact of the token counts also after the ledger row is gone; when the contact
 * itself is gone, whoever has the address of the ledger row now.
 */
export const findSubscriber = async (
  trx: Trx,
  accountId: string,
  link: { campaignId: string; messageId: string; runMonth: string; contactId: string | null },
): Promise<Subscriber | null> => {
  const { rows } = await sql<Subscriber>`
    select a.name as sender, a.contact_email as sender_email, a.default_language as account_language,
      c.id as contact_id, coalesce(c.email, m.address) as email, c.language, topic.id as topic_id,
      coalesce(ch.unsubscribed_at is not null or topic.id = any(ch.unsubscribed_topics), false) as unsubscribed,
      m.source_id, coalesce(m.source_kind = 'test', false) as is_test
    from accounts a
    left join messages m on m.account_id = ${accountId} and m.message_id = ${link.messageId}
      and m.run_month = ${link.runMonth}::date
    left join lateral (
      select * from contacts known where known.account_id = ${accountId}
        and (known.id = ${link.contactId} or known.email_key = lower(m.address))
      order by known.id = ${link.contactId} desc limit 1
    ) c on true
    left join campaigns p on p.account_id = ${accountId} and p.id = ${link.campaignId}
    left join unsubscribe_pages u on u.account_id = ${accountId} and u.is_default
    cross join lateral (
      select case when coalesce(u.scope, 'topic') = 'topic' then p.topic_id end as id
    ) topic
    left join contact_channels ch on ch.account_id = ${accountId} and ch.contact_id = c.id and ch.channel = 'email'
    where a.account_id = ${accountId}`.execute(trx)
  return rows[0] ?? null
}

/** The flag of the ledger row and the event behind it, once; false when the row is gone or already says so. */
export const markUnsubscribed = async (
  trx: Trx,
  accountId: string,
  message: { messageId: string; runMonth: string; contactId: string | null },
  event: { id: string; source: string },
): Promise<boolean> => {
  const { rows } = await sql<{ message_id: string }>`
    with marked as (
      update messages set flags = array_append(flags, 'unsubscribed')
      where account_id = ${accountId} and message_id = ${message.messageId}
        and run_month = ${message.runMonth}::date and not flags @> array['unsubscribed']
      returning message_id, source_id
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail)
    select ${accountId}, ${event.id}, message_id, source_id, ${message.contactId}, 'unsubscribed',
      ${JSON.stringify({ source: event.source })}::jsonb
    from marked returning message_id`.execute(trx)
  return rows.length === 1
}

export const unmarkUnsubscribed = (
  trx: Trx,
  accountId: string,
  message: { messageId: string; runMonth: string; contactId: string | null },
  eventId: string,
) =>
  sql`
    with unmarked as (
      update messages set flags = array_remove(flags, 'unsubscribed')
      where account_id = ${accountId} and message_id = ${message.messageId}
        and run_month = ${message.runMonth}::date and flags @> array['unsubscribed']
      returning message_id, source_id
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail)
    select ${accountId}, ${eventId}, message_id, source_id, ${message.contactId}, 'resubscribed',
      '{"source": "page"}'::jsonb
    from unmarked`.execute(trx)

export const insertDefaultPage = (trx: Trx, accountId: string, id: string, name: string) =>
  sql`insert into unsubscribe_pages (account_id, id, name, is_default)
    select ${accountId}, ${id}, ${name}, true
    where not exists (select from unsubscribe_pages where account_id = ${accountId} and is_default)`.execute(
    trx,
  )

/** The ledger row of a message whose address to unsubscribe was written to; a test has none to leave. */
export const findMailedMessage = (
  trx: Trx,
  accountId: string,
  message: { messageId: string; runMonth: string },
) =>
  trx
    .selectFrom('messages')
    .select(['source_id', 'contact_id', 'content_revision'])
    .where('account_id', '=', accountId)
    .where('message_id', '=', message.messageId)
    .where('run_month', '=', sql<string>`${message.runMonth}::date`)
    .where('source_kind', '<>', 'test')
    .executeTakeFirst()
