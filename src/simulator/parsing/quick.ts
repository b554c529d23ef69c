import { clean, headerValue, type MailHeader, readHeaders } from './headers.ts'

/** What a list and a search need of a mail. */
export type QuickMail = {
  readonly from: { readonly email: string; readonly name: string | null }
  readonly toName: string | null
  readonly subject: string | null
  readonly text: string
}

const textBytesMax = 16_000
const blank = Buffer.from('\r\n\r\n')

const encodedWord = /=\?utf-8\?([bq])\?([^?\s]*)\?=/gi
const anyEncodedWord = /=\?[^?\s]+\?[bq]\?[^?\s]*\?=/i

const fromQuoted = (text: string): Buffer => {
  const bytes = Buffer.alloc(text.length)
  let size = 0
  for (let at = 0; at < text.length; at += 1) {
    const hex = text[at] === '=' ? Number.parseInt(text.slice(at + 1, at + 3), 16) : Number.NaN
    if (Number.isNaN(hex)) bytes[size] = text.charCodeAt(at)
    else {
      bytes[size] = hex
      at += 2
    }
    size += 1
  }
  return bytes.subarray(0, size)
}

/** RFC 2047 in UTF-8; null where a word is in another character set. */
const decoded = (value: string): string | null => {
  const joined = value.replaceAll(/\?=\s+=\?/g, '?==?')
  const words: Buffer[] = []
  let at = 0
  for (const match of joined.matchAll(encodedWord)) {
    const [whole, kind = '', text = ''] = match
    words.push(Buffer.from(joined.slice(at, match.index)))
    words.push(
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : fromQuoted(text.replaceAll('_', ' ')),
    )
    at = match.index + whole.length
  }
  const rest = joined.slice(at)
  if (anyEncodedWord.test(rest)) return null
  return clean(Buffer.concat([...words, Buffer.from(rest)]).toString('utf8'))
}

const mailboxPattern = /^(?:"((?:[^"\\]|\\.)*)"|([^<>"@]*?))\s*<([^<>\s]+)>$|^([^<>\s@]+@[^<>\s@]+)$/

/** One mailbox as our composer writes it; null for anything more ornate. */
const mailboxOf = (value: string): QuickMail['from'] | null => {
  const match = mailboxPattern.exec(value)
  if (!match) return null
  const [, quoted, plain, email, bare] = match
  const name = quoted === undefined ? decoded(plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1')
  return name === null ? null : { email: email ?? bare ?? '', name: name.trim() || null }
}

type Part = { readonly type: string; readonly encoding: string; readonly body: Buffer }

const partOf = (headers: readonly MailHeader[], body: Buffer): Part => ({
  type: headerValue(headers, 'content-type') ?? 'text/plain',
  encoding: (headerValue(headers, 'content-transfer-encoding') ?? '7bit').toLowerCase(),
  body,
})

const headOf = (raw: Buffer): { headers: MailHeader[]; body: Buffer } | null => {
  const end = raw.indexOf(blank)
  return end < 0 ? null : { headers: readHeaders(raw.subarray(0, end + 4)), body: raw.subarray(end + 4) }
}

/** The alternatives in their order, the plainest first (RFC 2046 §5.1.4); null where they cannot be told apart. */
const alternativesOf = (type: string, body: Buffer): Part[] | null => {
  const boundary = /;\s*boundary="([^"]+)"/i.exec(type)?.[1]
  if (!boundary) return null
  const opening = Buffer.from(`--${boundary}\r\n`)
  const between = Buffer.from(`\r\n--${boundary}`)
  if (!body.subarray(0, opening.length).equals(opening)) return null
  const parts: Part[] = []
  let start = opening.length
  for (let end = body.indexOf(between, start); end >= 0; end = body.indexOf(between, start)) {
    const part = headOf(body.subarray(start, end))
    if (!part) return null
    parts.push(partOf(part.headers, part.body))
    start = end + between.length + 2
  }
  return parts
}

const utf8Text = /^text\/(plain|html);\s*charset="?utf-8"?$/i
const isHtml = ({ type }: Part): boolean => utf8Text.exec(type)?.[1]?.toLowerCase() === 'html'

/** The text of a part in UTF-8; null for any other type, character set or encoding. */
const decodedPart = ({ type, encoding, body }: Part): string | null => {
  if (!utf8Text.test(type)) return null
  switch (encoding) {
    case '7bit':
    case '8bit':
      return body.toString('utf8')
    case 'quoted-printable':
      return fromQuoted(body.toString('latin1').replaceAll('=\r\n', '')).toString('utf8')
    case 'base64':
      return Buffer.from(body.toString('latin1'), 'base64').toString('utf8')
    default:
      return null
  }
}

const textOf = (part: Part): string | null => {
  const text = decodedPart({ ...part, body: part.body.subarray(0, textBytesMax) })
  return text === null ? null : clean(isHtml(part) ? text.replaceAll(/<[^>]*>/g, ' ') : text)
}

const partsOf = (headers: readonly MailHeader[], body: Buffer): Part[] | null => {
  const type = headerValue(headers, 'content-type') ?? ''
  return /^multipart\/alternative;/i.test(type) ? alternativesOf(type, body) : [partOf(headers, body)]
}

/** The HTML of a mail as our composer makes it; null where there is none, or where it is built in any other way. */
export const quickHtml = (raw: Buffer): string | null => {
  const head = headOf(raw)
  const part = head && partsOf(head.headers, head.body)?.find(isHtml)
  return part ? decodedPart(part) : null
}

/**
 * Reads what is listed and looked for of a mail as our composer makes it, at a hundredth of what whole reading costs;
 * null where the mail is built in any other way.
 */
export const quickRead = (raw: Buffer): QuickMail | null => {
  const head = headOf(raw)
  if (!head) return null
  const { headers, body } = head
  const part = partsOf(headers, body)?.[0]
  const text = part ? textOf(part) : null
  const from = mailboxOf(headerValue(headers, 'from') ?? '')
  const to = mailboxOf(headerValue(headers, 'to') ?? '')
  const subject = decoded(headerValue(headers, 'subject') ?? '')
  if (text === null || !from || !to || subject === null) return null
  return { from, toName: to.name, subject: subject || null, text }
}
