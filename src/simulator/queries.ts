import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'
import type { SimulatorMessage } from './contract.ts'

export type Mailbox = 'account' | 'shared'
type Attachments = SimulatorMessage['attachments']
type Events = { kind: string; at: string; detail: string | null }[]

const heads = (trx: Trx, accountId: string, mailbox: Mailbox) =>
  trx
    .selectFrom('simulator_messages as m')
    .select([
      'm.id',
      'm.mailbox',
      'm.channel',
      'm.origin',
      'm.message_id',
      'm.campaign_id',
      'm.from_address',
      'm.from_name',
      'm.to_address',
      'm.to_name',
      'm.envelope_from',
      'm.subject',
      'm.links',
      'm.list_unsubscribe',
      'm.size',
      'm.received_at',
      'm.parsed',
      'm.raw_encoding',
    ])
    .select([
      // Mail of other programs was read when it came, and who signed it is not ours to say.
      sql<Buffer | null>`case when m.origin <> 'smtp' then m.raw end`.as('unread'),
      sql<Attachments>`coalesce((
        select jsonb_agg(jsonb_build_object('filename', a.file_name, 'content_type', a.content_type, 'size', a.size) order by a.position)
        from simulator_attachments a where a.account_id = ${accountId} and a.simulator_message_id = m.id), '[]')`.as(
        'attachments',
      ),
      sql<Events>`coalesce((
        select jsonb_agg(jsonb_build_object('kind', e.kind, 'at', e.at, 'detail', e.detail) order by e.at, e.id)
        from simulator_events e where e.account_id = ${accountId} and e.simulator_message_id = m.id), '[]')`.as(
        'events',
      ),
    ])
    .where('m.account_id', '=', accountId)
    .where('m.mailbox', '=', mailbox)

export type MailFilter = {
  readonly channel?: string
  readonly to?: string
  readonly from?: string
  readonly q?: string
  readonly campaignId?: string
  readonly messageId?: string
  readonly since?: string
  /** Addresses of contacts are not looked for. */
  readonly masked?: boolean
}

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

export const listMails = (
  trx: Trx,
  accountId: string,
  mailbox: Mailbox,
  filter: MailFilter,
  after: string | null,
  limit: number,
) => {
  const { channel, to, from, q, campaignId, messageId, since, masked } = filter
  const isShown = masked === true ? sql<boolean>`m.origin in ('test', 'smtp')` : sql<boolean>`true`
  return heads(trx, accountId, mailbox)
    .$if(channel !== undefined, (query) => query.where('m.channel', '=', channel ?? ''))
    .$if(to !== undefined, (query) =>
      query.where(sql<boolean>`${isShown} and lower(m.to_address) = lower(${to})`),
    )
    .$if(from !== undefined, (query) => query.where(sql<boolean>`lower(m.from_address) = lower(${from})`))
    .$if(Boolean(q), (query) =>
      query.where(
        sql<boolean>`m.search_text ilike ${pattern(q ?? '')} and (${isShown}
          or replace(lower(m.subject), lower(m.to_address), '') ilike ${pattern(q ?? '')})`,
      ),
    )
    .$if(campaignId !== undefined, (query) => query.where('m.campaign_id', '=', campaignId ?? ''))
    .$if(messageId !== undefined, (query) => query.where('m.message_id', '=', messageId ?? ''))
    .$if(since !== undefined, (query) => query.where(sql<boolean>`m.received_at >= ${since}::timestamptz`))
    .$if(after !== null, (query) => query.where('m.id', '<', after ?? ''))
    .orderBy('m.id', 'desc')
    .limit(limit)
    .execute()
}
export type MailHeadRow = Awaited<ReturnType<typeof listMails>>[number]

export const findMail = (trx: Trx, accountId: string, mailbox: Mailbox, id: string) =>
  heads(trx, accountId, mailbox)
    .select(['m.text_body', 'm.html_body', 'm.headers'])
    .where('m.id', '=', id)
    .executeTakeFirst()
export type MailRow = NonNullable<Awaited<ReturnType<typeof findMail>>>

export const findSource = (trx: Trx, accountId: string, id: string) =>
  trx
    .selectFrom('simulator_messages')
    .select(['raw', 'raw_encoding'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()

export const findPart = (trx: Trx, accountId: string, messageId: string, position: number) =>
  trx
    .selectFrom('simulator_attachments')
    .select(['file_name', 'content'])
    .where('account_id', '=', accountId)
    .where('simulator_message_id', '=', messageId)
    .where('position', '=', position)
    .executeTakeFirst()

export const listNamedParts = (trx: Trx, accountId: string, messageId: string) =>
  trx
    .selectFrom('simulator_attachments')
    .select(['content_id', 'content_type', 'content'])
    .where('account_id', '=', accountId)
    .where('simulator_message_id', '=', messageId)
    .where('content_id', 'is not', null)
    .execute()

export const deleteMail = async (
  trx: Trx,
  accountId: string,
  mailbox: Mailbox,
  id: string,
): Promise<boolean> => {
  const { numDeletedRows } = await trx
    .deleteFrom('simulator_messages')
    .where('account_id', '=', accountId)
    .where('mailbox', '=', mailbox)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export const deleteMails = (trx: Trx, accountId: string, mailbox: Mailbox) =>
  trx
    .deleteFrom('simulator_messages')
    .where('account_id', '=', accountId)
    .where('mailbox', '=', mailbox)
    .execute()

export const insertEvent = (
  trx: Trx,
  accountId: string,
  event: { id: string; messageId: string; kind: string; detail: string | null; at: Date },
) =>
  trx
    .insertInto('simulator_events')
    .values({
      account_id: accountId,
      id: event.id,
      simulator_message_id: event.messageId,
      kind: event.kind,
      detail: event.detail,
      at: event.at,
    })
    .execute()
