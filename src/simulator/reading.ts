import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { LRU } from '../lib/lru.ts'
import {
  type Authentication,
  authenticate,
  findPublished,
  type Published,
} from './authentication/authentication.ts'
import { unpackMail } from './keeping/packing.ts'
import { listOwnOrigins } from './origins/queries.ts'
import { type ReadMail, readMail } from './parsing/mail.ts'
import type { MailHeadRow } from './queries.ts'

/** A row with what is found in the mail itself. */
export type WholeMail<Row extends MailHeadRow> = Row & { readonly authentication: Authentication | null }

type Around = { readonly published: Published; readonly origins: readonly string[] }
type Known = { readonly read: ReadMail | null; readonly authentication: Authentication | null }
/** A console looks at the same page of the list again and again while a campaign runs. */
const known = new LRU<string, Known>(300)

const look = async ({ published, origins }: Around, row: MailHeadRow, packed: Buffer): Promise<Known> => {
  const found = known.get(row.id)
  if (found) return found
  const raw = await unpackMail(packed, row.raw_encoding)
  const { from_address: from, envelope_from: envelopeFrom } = row
  const made: Known = {
    read: row.parsed ? null : await readMail(raw, origins),
    authentication: authenticate({ raw, from, envelopeFrom }, published),
  }
  known.set(row.id, made)
  return made
}

const whole = async <Row extends MailHeadRow>(around: Around, row: Row): Promise<WholeMail<Row>> => {
  if (row.unread === null) return { ...row, authentication: null }
  const { read, authentication } = await look(around, row, row.unread)
  const body =
    read && 'headers' in row ? { text_body: read.text, html_body: read.html, headers: read.headers } : {}
  const head = read ? { links: read.links, list_unsubscribe: read.listUnsubscribe } : {}
  return { ...row, ...head, ...body, authentication }
}

const lookAround = async (trx: Trx, deps: Deps, accountId: string): Promise<Around> => ({
  published: await findPublished(trx, accountId),
  origins: await listOwnOrigins(trx, deps, accountId),
})

/** Rows as they would be if each mail had been read when it came. One after the other: others wait for the same thread. */
export const readAllWhole = async <Row extends MailHeadRow>(
  trx: Trx,
  deps: Deps,
  accountId: string,
  rows: readonly Row[],
): Promise<WholeMail<Row>[]> => {
  const around = await lookAround(trx, deps, accountId)
  const mails: WholeMail<Row>[] = []
  for (const row of rows) mails.push(await whole(around, row))
  return mails
}

export const readWhole = async <Row extends MailHeadRow>(
  trx: Trx,
  deps: Deps,
  accountId: string,
  row: Row,
): Promise<WholeMail<Row>> => whole(await lookAround(trx, deps, accountId), row)
