import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** A filter in the ledger's own words; `bounceWords` are the classes of one group of bounces. */
export type RowFilter = {
  readonly q?: string
  readonly state?: string
  readonly reason?: string
  readonly delivery_status?: string
  readonly delivered?: boolean
  readonly bounce?: { readonly words: readonly string[]; readonly listed: boolean }
  readonly opened?: boolean
  readonly clicked?: boolean
  readonly position?: number
  readonly unsubscribed?: boolean
}

const likePattern = (text: string): string => `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`

const hit = (kind: 'open' | 'click', position?: number) => sql`exists (
  select 1 from tracking_hits h where h.account_id = m.account_id and h.message_id = m.message_id and h.kind = ${kind}
    ${position === undefined ? sql`` : sql`and h.position = ${position}`})`
const asked = (wanted: boolean, condition: RawBuilder<unknown>) =>
  wanted ? condition : sql`not (${condition})`

const bounceWord = sql`coalesce(m.reason, m.answer ->> 'class', 'unknown')`
const bounced = sql`(m.state = 'rejected' or (m.state = 'accepted' and m.flags @> array['bounced_later']
  and m.delivery_status in ('undelivered', 'expired')))`
const delivered = sql`(m.state = 'accepted' and m.delivery_status in ('delivered', 'opened', 'read', 'reacted'))`

const conditions = (accountId: string, campaignId: string, filter: RowFilter): RawBuilder<SqlBool> => {
  const all: RawBuilder<unknown>[] = [sql`m.account_id = ${accountId} and m.source_id = ${campaignId}`]
  if (filter.q !== undefined)
    all.push(
      sql`(lower(m.address) like ${likePattern(filter.q)} or c.search_text like ${likePattern(filter.q)})`,
    )
  if (filter.state === 'pending') all.push(sql`m.state in ('planned', 'claimed', 'handed')`)
  else if (filter.state !== undefined) all.push(sql`m.state = ${filter.state}`)
  if (filter.reason !== undefined) all.push(sql`m.reason = ${filter.reason}`)
  if (filter.delivery_status !== undefined) all.push(sql`m.delivery_status = ${filter.delivery_status}`)
  if (filter.delivered !== undefined) all.push(asked(filter.delivered, delivered))
  if (filter.bounce) {
    const among = sql`${bounceWord} = any(${[...filter.bounce.words]}::text[])`
    all.push(bounced, asked(filter.bounce.listed, among))
  }
  if (filter.opened !== undefined) all.push(asked(filter.opened, hit('open')))
  if (filter.clicked !== undefined) all.push(asked(filter.clicked, hit('click')))
  if (filter.position !== undefined) all.push(hit('click', filter.position))
  if (filter.unsubscribed !== undefined)
    all.push(asked(filter.unsubscribed, sql`m.flags @> array['unsubscribed']`))
  return sql<SqlBool>`${sql.join(all, sql` and `)}`
}

const eventTime = (kind: string) => sql<Date | null>`(
  select max(e.at) from message_events e where e.account_id = m.account_id and e.message_id = m.message_id
    and e.kind = ${kind})`

const joined = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('messages as m')
    .leftJoin('contacts as c', (join) =>
      join.on('c.account_id', '=', accountId).onRef('c.id', '=', 'm.contact_id'),
    )
    .innerJoinLateral(
      (eb) =>
        eb
          .selectFrom('tracking_hits as h')
          .select([
            sql<number>`count(*) filter (where h.kind = 'open')`.as('opens'),
            sql<number>`count(*) filter (where h.kind = 'click')`.as('clicks'),
          ])
          .where('h.account_id', '=', accountId)
          .whereRef('h.message_id', '=', 'm.message_id')
          .as('hits'),
      (join) => join.onTrue(),
    )
    .selectAll('m')
    .select(['c.first_name', 'c.last_name', 'hits.opens', 'hits.clicks'])
    .select([
      sql<Date | null>`case when m.flags @> array['unsubscribed'] then ${eventTime('unsubscribed')} end`.as(
        'unsubscribed_at',
      ),
      sql<Date | null>`case when m.flags @> array['complained'] then ${eventTime('complained')} end`.as(
        'complained_at',
      ),
      sql<string | null>`case when ${bounced} then ${bounceWord} end`.as('bounce_word'),
    ])

export const listRecipientRows = (
  trx: Trx,
  accountId: string,
  campaignId: string,
  filter: RowFilter,
  after: string | null,
  limit: number,
) =>
  joined(trx, accountId)
    .where(conditions(accountId, campaignId, filter))
    .$if(after !== null, (query) => query.where('m.recipient_key', '>', after ?? ''))
    .orderBy('m.recipient_key')
    .limit(limit)
    .execute()

export type RecipientRow = Awaited<ReturnType<typeof listRecipientRows>>[number]

export const findRecipientRow = (trx: Trx, accountId: string, campaignId: string, messageId: string) =>
  joined(trx, accountId)
    .where('m.account_id', '=', accountId)
    .where('m.source_id', '=', campaignId)
    .where('m.message_id', '=', messageId)
    .executeTakeFirst()

export const countRecipients = async (
  trx: Trx,
  accountId: string,
  campaignId: string,
  filter: RowFilter,
): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from messages m
    left join contacts c on c.account_id = ${accountId} and c.id = m.contact_id
    where ${conditions(accountId, campaignId, filter)}`.execute(trx)
  return rows[0]?.n ?? 0
}

/** The newest events of one message, newest first. */
export const listEventRows = (trx: Trx, accountId: string, messageId: string, limit: number) =>
  trx
    .selectFrom('message_events')
    .select(['id', 'kind', 'at', 'detail'])
    .where('account_id', '=', accountId)
    .where('message_id', '=', messageId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

export const listAttemptRows = (trx: Trx, accountId: string, messageId: string, limit: number) =>
  trx
    .selectFrom('message_attempts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('message_id', '=', messageId)
    .orderBy('n')
    .orderBy('at')
    .limit(limit)
    .execute()
