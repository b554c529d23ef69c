import { type AddressObject, type Attachment, type ParsedMail, simpleParser } from 'mailparser'
import {
  clean,
  headerValue,
  type ListUnsubscribe,
  type MailHeader,
  readHeaders,
  readListUnsubscribe,
} from './headers.ts'
import { type MailLink, readLinks } from './links.ts'

export type MailPart = {
  readonly filename: string
  readonly contentType: string
  readonly contentId: string | null
  readonly content: Buffer
}
type Person = { readonly email: string; readonly name: string | null }

export type ReadMail = {
  readonly from: Person
  /** People named in To and Cc. */
  readonly to: readonly Person[]
  readonly subject: string | null
  readonly text: string | null
  readonly html: string | null
  readonly headers: readonly MailHeader[]
  readonly links: readonly MailLink[]
  readonly listUnsubscribe: ListUnsubscribe | null
  readonly attachments: readonly MailPart[]
}

const subjectLengthMax = 2_000
const addressLengthMax = 320
const nameLengthMax = 300
const partsMax = 200
const bodyLengthMax = 10_000_000

const toPerson = (address: string | undefined, name: string | undefined): Person => ({
  email: clean(address ?? '').slice(0, addressLengthMax),
  name: clean(name ?? '').slice(0, nameLengthMax) || null,
})

const peopleOf = (field: AddressObject | AddressObject[] | undefined): Person[] =>
  [field]
    .flat()
    .flatMap((object) => object?.value ?? [])
    .flatMap((entry) => (entry.group ? entry.group : [entry]))
    .map((entry) => toPerson(entry.address, entry.name))

const toPart = (attachment: Attachment, index: number): MailPart => ({
  filename: clean(attachment.filename ?? `part-${index + 1}`)
    .replaceAll(/[\r\n/\\]/g, '_')
    .slice(0, 255),
  contentType: clean(attachment.contentType ?? 'application/octet-stream').slice(0, 255),
  contentId: clean(attachment.cid ?? '').slice(0, 500) || null,
  content: Buffer.from(attachment.content),
})

const bodyOf = (text: string | false | undefined): string | null =>
  text ? clean(text).slice(0, bodyLengthMax) : null

const parse = async (raw: Buffer): Promise<Partial<ParsedMail>> => {
  try {
    return await simpleParser(raw, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
      keepCidLinks: true,
    })
  } catch {
    // Whatever a program posts is kept; what cannot be read shows in the source.
    return {}
  }
}

/** Reads a mail as far as it can be read; broken MIME gives empty members, never an error. */
export const readMail = async (raw: Buffer, origins: readonly string[]): Promise<ReadMail> => {
  const parsed = await parse(raw)
  const headers = readHeaders(raw)
  const text = bodyOf(parsed.text)
  const html = bodyOf(parsed.html)
  return {
    from: peopleOf(parsed.from)[0] ?? toPerson(headerValue(headers, 'from') ?? undefined, undefined),
    to: [...peopleOf(parsed.to), ...peopleOf(parsed.cc)],
    subject: parsed.subject === undefined ? null : clean(parsed.subject).slice(0, subjectLengthMax),
    text,
    html,
    headers,
    links: readLinks(html, text, origins),
    listUnsubscribe: readListUnsubscribe(headers),
    attachments: (parsed.attachments ?? []).slice(0, partsMax).map(toPart),
  }
}
