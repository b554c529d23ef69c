import type { Deps } from '../http/deps.ts'
import { LRU } from '../lib/lru.ts'
import { unpackMail } from './keeping/packing.ts'
import { type ReadMail, readMail } from './parsing/mail.ts'
import type { MailHeadRow } from './queries.ts'

/** A console looks at the same page of the list again and again while a campaign runs. */
const known = new LRU<string, ReadMail>(300)

const readKept = async (deps: Deps, row: MailHeadRow): Promise<ReadMail> => {
  const read = known.get(row.id)
  if (read) return read
  const made = await readMail(await unpackMail(row.unread, row.raw_encoding), deps.config.contentUrl)
  known.set(row.id, made)
  return made
}

/** A row as it would be if the mail had been read when it came. */
export const readWhole = async <Row extends MailHeadRow>(deps: Deps, row: Row): Promise<Row> => {
  if (row.parsed) return row
  const mail = await readKept(deps, row)
  return {
    ...row,
    unread: null,
    links: mail.links,
    list_unsubscribe: mail.listUnsubscribe,
    ...('headers' in row ? { text_body: mail.text, html_body: mail.html, headers: mail.headers } : {}),
  } as Row
}

/** One after the other: others wait for the same thread. */
export const readAllWhole = async <Row extends MailHeadRow>(
  deps: Deps,
  rows: readonly Row[],
): Promise<Row[]> => {
  const whole: Row[] = []
  for (const row of rows) whole.push(await readWhole(deps, row))
  return whole
}
