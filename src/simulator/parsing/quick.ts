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

/** The first of the alternatives, which is the text (RFC 2046 §5.1.4). */
const firstAlternative = (type: string, body: Buffer): Part | null => {
  const boundary = /;\s*boundary="([^"]+)"/i.exec(type)?.[1]
  if (!boundary || !body.subarray(0, boundary.length + 4).equals(Buffer.from(`--${boundary}\r\n`)))
    return null
  const end = body.indexOf(`\r\n--${boundary}`, boundary.length + 4)
  const part = headOf(body.subarray(boundary.length + 4, end < 0 ? body.length : end))
  return part && partOf(part.headers, part.body)
}

const textOf = ({ type, encoding, body }: Part): string | null => {
  if (!/^text\/(?:plain|html);\s*charset="?utf-8"?$/i.test(type)) return null
  const bytes = body.subarray(0, textBytesMax)
  const isHtml = /^text\/html/i.test(type)
  if (!['7bit', '8bit', 'quoted-printable', 'base64'].includes(encoding)) return null
  if (encoding === 'base64') return Buffer.from(bytes.toString('latin1'), 'base64').toString('utf8')
  const text =
    encoding === 'quoted-printable'
      ? fromQuoted(bytes.toString('latin1').replaceAll('=\r\n', '')).toString('utf8')
      : bytes.toString('utf8')
  return clean(isHtml ? text.replaceAll(/<[^>]*>/g, ' ') : text)
}

/**
 * Reads what is listed and looked for of a mail as our composer makes it, at a hundredth of what whole reading costs;
 * null where the mail is built in any other way.
 */
export const quickRead = (raw: Buffer): QuickMail | null => {
  const head = headOf(raw)
  if (!head) return null
  const { headers, body } = head
  const type = headerValue(headers, 'content-type') ?? ''
  const part = /^multipart\/alternative;/i.test(type) ? firstAlternative(type, body) : partOf(headers, body)
  const text = part && textOf(part)
  const from = mailboxOf(headerValue(headers, 'from') ?? '')
  const to = mailboxOf(headerValue(headers, 'to') ?? '')
  const subject = decoded(headerValue(headers, 'subject') ?? '')
  if (text === null || !from || !to || subject === null) return null
  return { from, toName: to.name, subject: subject || null, text }
}
