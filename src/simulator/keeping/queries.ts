import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { MailPart, ReadMail } from '../parsing/mail.ts'
import type { QuickMail } from '../parsing/quick.ts'
import type { Mailbox } from '../queries.ts'
import type { Packed } from './packing.ts'

export type NewMail = {
  readonly id: string
  readonly mailbox: Mailbox
  readonly origin: 'campaign' | 'transactional' | 'test' | 'smtp'
  readonly messageId: string | null
  readonly campaignId: string | null
  readonly recipient: string
  readonly envelopeFrom: string | null
  readonly raw: Buffer
  readonly receivedAt: Date
  readonly mail: ReadMail
}
/** A mail that is read whole only when somebody looks at it. */
export type QuickNewMail = Omit<NewMail, 'mail' | 'raw'> & {
  readonly packed: Packed
  readonly size: number
  readonly quick: QuickMail
}

const searchLengthMax = 20_000

const searchable = (texts: readonly (string | null)[]): string =>
  texts
    .filter((text) => text)
    .join('\n')
    .slice(0, searchLengthMax)
    .toWellFormed()

const searchTextOf = ({ recipient, mail }: NewMail): string =>
  searchable([
    mail.subject,
    mail.from.email,
    mail.from.name,
    recipient,
    ...mail.to.flatMap(({ email, name }) => [email, name]),
    mail.text,
  ])

const toRow = (accountId: string, given: NewMail) => {
  const { mail, recipient } = given
  const named = mail.to.find(({ email }) => email.toLowerCase() === recipient.toLowerCase())
  return {
    account_id: accountId,
    id: given.id,
    mailbox: given.mailbox,
    channel: 'email',
    origin: given.origin,
    message_id: given.messageId,
    campaign_id: given.campaignId,
    from_address: mail.from.email,
    from_name: mail.from.name,
    to_address: recipient,
    to_name: named?.name ?? null,
    envelope_from: given.envelopeFrom,
    subject: mail.subject,
    text_body: mail.text,
    html_body: mail.html,
    headers: JSON.stringify(mail.headers),
    links: JSON.stringify(mail.links),
    list_unsubscribe: mail.listUnsubscribe ? JSON.stringify(mail.listUnsubscribe) : null,
    raw: given.raw,
    size: given.raw.length,
    search_text: searchTextOf(given),
    received_at: given.receivedAt,
  }
}

const toPartRow = (accountId: string, messageId: string, part: MailPart, position: number) => ({
  account_id: accountId,
  simulator_message_id: messageId,
  position,
  file_name: part.filename,
  content_type: part.contentType,
  content_id: part.contentId,
  size: part.content.length,
  content: part.content,
})

export const insertMails = async (trx: Trx, accountId: string, mails: readonly NewMail[]): Promise<void> => {
  if (mails.length === 0) return
  await trx
    .insertInto('simulator_messages')
    .values(mails.map((mail) => toRow(accountId, mail)))
    .execute()
  for (const { id, mail } of mails) {
    if (mail.attachments.length === 0) continue
    await trx
      .insertInto('simulator_attachments')
      .values(mail.attachments.map((part, position) => toPartRow(accountId, id, part, position)))
      .execute()
  }
}

/** One statement for a batch, with few enough values to be quick. */
export const insertQuickMails = async (
  trx: Trx,
  accountId: string,
  mails: readonly QuickNewMail[],
): Promise<void> => {
  if (mails.length === 0) return
  const column = <T>(of: (mail: QuickNewMail) => T): T[] => mails.map(of)
  const search = column(({ recipient, quick: { subject, from, toName, text } }) =>
    searchable([subject, from.email, from.name, recipient, toName, text]),
  )
  await sql`
    insert into simulator_messages (account_id, parsed, mailbox, id, origin, message_id, campaign_id, from_address,
      from_name, to_address, to_name, envelope_from, subject, raw, raw_encoding, size, search_text, received_at)
    select ${accountId}, false, m.*
    from unnest(${column((mail) => mail.mailbox)}::text[], ${column((mail) => mail.id)}::uuid[],
      ${column((mail) => mail.origin)}::text[], ${column((mail) => mail.messageId)}::uuid[],
      ${column((mail) => mail.campaignId)}::uuid[], ${column((mail) => mail.quick.from.email)}::text[],
      ${column((mail) => mail.quick.from.name)}::text[], ${column((mail) => mail.recipient)}::text[],
      ${column((mail) => mail.quick.toName)}::text[], ${column((mail) => mail.envelopeFrom)}::text[],
      ${column((mail) => mail.quick.subject)}::text[], ${column((mail) => mail.packed.raw)}::bytea[],
      ${column((mail) => mail.packed.encoding)}::text[], ${column((mail) => mail.size)}::int[],
      ${search}::text[], ${column((mail) => mail.receivedAt)}::timestamptz[]) as m`.execute(trx)
}

/** Mailboxes of any account that hold more than they may; a function answers their names alone. */
export const listFullMailboxes = async (
  db: Db,
  kept: number,
): Promise<{ account_id: string; mailbox: Mailbox }[]> => {
  const { rows } = await sql<{ account_id: string; mailbox: Mailbox }>`
    select account_id, mailbox from lookup_full_mailboxes(${kept})`.execute(db)
  return rows
}

/** Ids are made in order of time. Answers how many went, at most `limit`. */
export const deleteOldestMails = async (
  trx: Trx,
  accountId: string,
  mailbox: Mailbox,
  kept: number,
  limit: number,
): Promise<number> => {
  const { numAffectedRows } = await sql`
    delete from simulator_messages where account_id = ${accountId} and id in (
      select id from simulator_messages
      where account_id = ${accountId} and mailbox = ${mailbox} and id <= (
        select id from simulator_messages where account_id = ${accountId} and mailbox = ${mailbox}
        order by id desc offset ${kept} limit 1)
      order by id limit ${limit})`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}
