import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { unpackMail } from '../keeping/packing.ts'
import { listOwnOrigins } from '../origins/queries.ts'
import { type ListUnsubscribe, readHeaders, readListUnsubscribe } from '../parsing/headers.ts'
import { type MailLink, readLinks } from '../parsing/links.ts'
import { readMail } from '../parsing/mail.ts'
import { quickHtml } from '../parsing/quick.ts'
import { findMailsToActOn } from './queries.ts'

/** A mail in the hands of its recipient. */
export type ActMail = {
  readonly id: string
  readonly accountId: string
  /** Null for what other programs posted. */
  readonly messageId: string | null
  readonly origin: string
  readonly recipient: string
  readonly from: string
  readonly envelopeFrom: string | null
  readonly subject: string | null
  readonly raw: Buffer
  readonly html: string | null
  readonly links: readonly MailLink[]
  readonly listUnsubscribe: ListUnsubscribe | null
  /** Where links of this installation lead. */
  readonly origins: readonly string[]
}

const bodyOf = async (raw: Buffer, origins: readonly string[]) => {
  const html = quickHtml(raw)
  return html === null ? readMail(raw, origins) : { html, text: null }
}

export const loadActMails = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ActMail>> => {
  const origins = await listOwnOrigins(trx, deps, accountId)
  const mails = new Map<string, ActMail>()
  for (const row of await findMailsToActOn(trx, accountId, ids)) {
    const raw = await unpackMail(row.raw, row.raw_encoding)
    const { html, text } = await bodyOf(raw, origins)
    mails.set(row.id, {
      id: row.id,
      accountId,
      messageId: row.message_id,
      origin: row.origin,
      recipient: row.to_address,
      from: row.from_address,
      envelopeFrom: row.envelope_from,
      subject: row.subject,
      raw,
      html,
      links: readLinks(html, text, origins),
      origins,
      listUnsubscribe: readListUnsubscribe(readHeaders(raw)),
    })
  }
  return mails
}
