import type { Piece } from '../../liquid/pieces.ts'
import type { Ready } from '../dkim/body.ts'
import { type Mailbox, mailboxHeader } from './addresses.ts'
import { type Field, toField, toFixedField } from './field.ts'
import { type TransferEncoding, writePart } from './part.ts'
import { oneLine, preparedHeader, textHeader } from './words.ts'
import { Writer } from './writer.ts'

/** What all messages of a revision share. */
export type MimeFrame = {
  readonly fromAddress: string
  readonly replyTo: string | null
  /** Written as given; names and values stay on one line each. */
  readonly headers: Readonly<Record<string, string>>
  /** Each puts its header before the others. */
  readonly signers: readonly Signer[]
}

export type MimeMessage = {
  readonly fromName: string
  readonly to: Mailbox
  readonly subject: string
  readonly html: string | readonly Piece[]
  readonly text: string | readonly Piece[]
  readonly headers: Readonly<Record<string, string>>
  /** Without angle brackets. */
  readonly messageId: string
  readonly date: Date
}

/** Makes a header line over what will be sent; `body` is overwritten by the next message. */
export type Signer = (message: {
  readonly fields: readonly Field[]
  readonly body: Buffer
  readonly ready: readonly Ready[]
  readonly date: Date
}) => string

/** `=_` cannot occur in quoted-printable, and no line of a part sent as it is begins with two dashes (RFC 2045 §6.7). */
const boundary = '=_campanile'
const lf = 10
const scratchBytes = 128 * 1_024
const version = toFixedField('MIME-Version: 1.0\r\n')
const alternatives = toFixedField(`Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`)
const typeOf = (kind: 'plain' | 'html'): string => `Content-Type: text/${kind}; charset=utf-8\r\n`
const encodingOf = (encoding: TransferEncoding): string => `Content-Transfer-Encoding: ${encoding}\r\n`

// One message is composed at a time, so that all of them can share the memory.
const body = new Writer(scratchBytes)
let ready: Ready[] = []

const writeAlternative = (kind: 'plain' | 'html', text: readonly Piece[]): void => {
  const begin = (encoding: TransferEncoding): void =>
    body.ascii(`--${boundary}\r\n${typeOf(kind)}${encodingOf(encoding)}\r\n`)
  writePart(body, text, { ready, begin })
  body.ascii('\r\n')
}

const piecesOf = (given: string | readonly Piece[]): readonly Piece[] =>
  typeof given === 'string' ? (given === '' ? [] : [given]) : given

/** Writes the body and answers the fields that describe it. */
const writeBody = (text: readonly Piece[], html: readonly Piece[]): Field[] => {
  body.at = 0
  ready = []
  if (text.length === 0 || html.length === 0) {
    const kind = html.length === 0 ? 'plain' : 'html'
    const encoding = writePart(body, kind === 'html' ? html : text, { ready, begin: () => {} })
    // SMTP and signatures know whole lines only.
    if (body.bytes[body.at - 1] !== lf) body.ascii('\r\n')
    return [toFixedField(typeOf(kind)), toFixedField(encodingOf(encoding))]
  }
  writeAlternative('plain', text)
  writeAlternative('html', html)
  body.ascii(`--${boundary}--\r\n`)
  return [alternatives]
}

const fieldsOf = (headers: Readonly<Record<string, string>>, make: (line: string) => Field): Field[] =>
  Object.entries(headers).map(([name, value]) => make(preparedHeader(name, value)))

/** Remembers the last answer: names of senders and times are the same for many messages in a row. */
const remembering = <Key>(make: (key: Key) => Field): ((key: Key) => Field) => {
  let last: { readonly key: Key; readonly field: Field } | null = null
  return (key) => {
    if (last?.key !== key) last = { key, field: make(key) }
    return last.field
  }
}

const dateField = remembering((seconds: number) =>
  toFixedField(`Date: ${new Date(seconds * 1_000).toUTCString().replace('GMT', '+0000')}\r\n`),
)

const idField = (id: string): Field => toField(`Message-ID: <${oneLine(id).replace(/[\s<>]/g, '')}>\r\n`)

/** Messages are cut from one piece of memory after another: a piece of its own for each costs as much as writing it. */
const slabBytes = 512 * 1_024
let slab = Buffer.allocUnsafeSlow(0)
let slabAt = 0

const takeBytes = (size: number): Buffer => {
  if (size > slabBytes / 8) return Buffer.allocUnsafeSlow(size)
  if (slabAt + size > slab.length) {
    slab = Buffer.allocUnsafeSlow(slabBytes)
    slabAt = 0
  }
  slabAt += size
  return slab.subarray(slabAt - size, slabAt)
}

const joined = (signatures: readonly string[], fields: readonly Field[]): Buffer => {
  let head = signatures.join('')
  for (const field of fields) head += field.line
  head += '\r\n'
  const size = Buffer.byteLength(head)
  const raw = takeBytes(size + body.at)
  raw.write(head, 0, size === head.length ? 'latin1' : 'utf8')
  body.bytes.copy(raw, size, 0, body.at)
  return raw
}

/**
 * Prepares what all messages of a revision share; the function it answers makes a whole message (RFC 5322): text and
 * HTML as alternatives, UTF-8, seven bits in all bodies, lines ending in CRLF of at most 998 octets, none beginning
 * with a dot, so that it can go to a server as it is.
 */
export const compileMime = ({ fromAddress, replyTo, headers, signers }: MimeFrame) => {
  const fromField = remembering((name: string) =>
    toFixedField(mailboxHeader('From', { name, address: fromAddress })),
  )
  const fixed = [
    ...(replyTo === null ? [] : [toFixedField(mailboxHeader('Reply-To', { name: '', address: replyTo }))]),
    version,
    ...fieldsOf(headers, toFixedField),
  ]
  return (message: MimeMessage): Buffer => {
    const described = writeBody(piecesOf(message.text), piecesOf(message.html))
    const fields = [
      fromField(message.fromName),
      toField(mailboxHeader('To', message.to)),
      toField(textHeader('Subject', message.subject)),
      idField(message.messageId),
      dateField(Math.floor(message.date.getTime() / 1_000)),
      ...fixed,
      ...fieldsOf(message.headers, toField),
      ...described,
    ]
    const signed = { fields, body: body.bytes.subarray(0, body.at), ready, date: message.date }
    return joined(
      signers.map((sign) => sign(signed)),
      fields,
    )
  }
}
export type ComposeMime = ReturnType<typeof compileMime>
