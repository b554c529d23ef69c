import { type Fields, readFields } from './fields.ts'

/** One part of a mail: its header fields and its decoded text or bytes. */
export type Part = {
  /** Lower case, without parameters. */
  readonly type: string
  readonly fields: Fields
  readonly body: Buffer
  readonly text: string
  readonly depth: number
}

const partsMax = 60
const depthMax = 6
/** Reports are short; what follows is the returned message. */
const textCharsMax = 200_000

const parameterOf = (value: string, name: string): string | null => {
  const quoted = new RegExp(`;\\s*${name}\\s*=\\s*"([^"]{0,200})"`, 'i').exec(value)?.[1]
  return quoted ?? new RegExp(`;\\s*${name}\\s*=\\s*([^\\s;"]{1,200})`, 'i').exec(value)?.[1] ?? null
}

const decodeQuotedPrintable = (text: string): Buffer =>
  Buffer.from(
    text
      .replaceAll(/[ \t]*\r?\n/g, '\n')
      .replaceAll(/=\n/g, '')
      .replaceAll(/=([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )

const decodeBody = (body: Buffer, encoding: string): Buffer => {
  if (encoding === 'base64')
    return Buffer.from(body.toString('latin1').replaceAll(/[^A-Za-z0-9+/=]/g, ''), 'base64')
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body.toString('latin1'))
  return body
}

/** Bytes as text in whatever set they claim; what cannot be read is read as Latin-1 rather than lost. */
export const decodeText = (bytes: Buffer, charset: string | null): string => {
  const shown = bytes.subarray(0, textCharsMax * 4)
  const name = charset?.toLowerCase() ?? 'utf-8'
  try {
    const text = new TextDecoder(name === 'us-ascii' ? 'utf-8' : name, {
      fatal: name === 'utf-8' || name === 'us-ascii',
    })
    return text.decode(shown).slice(0, textCharsMax).replaceAll('\u0000', '')
  } catch {
    return shown.toString('latin1').slice(0, textCharsMax).replaceAll('\u0000', '')
  }
}

/** Where the header block ends and the body begins. */
export const splitMail = (raw: Buffer): { head: Buffer; body: Buffer } => {
  const crlf = raw.indexOf('\r\n\r\n')
  const lf = raw.indexOf('\n\n')
  if (crlf !== -1 && (lf === -1 || crlf < lf))
    return { head: raw.subarray(0, crlf), body: raw.subarray(crlf + 4) }
  if (lf !== -1) return { head: raw.subarray(0, lf), body: raw.subarray(lf + 2) }
  return { head: raw, body: Buffer.alloc(0) }
}

/** The pieces between delimiter lines (RFC 2046 §5.1.1); one that never closes ends with the mail. */
const splitMultipart = (body: Buffer, boundary: string): Buffer[] => {
  const pieces: Buffer[] = []
  const delimiter = `--${boundary}`
  let start = -1
  for (let at = body.indexOf(delimiter); at !== -1; at = body.indexOf(delimiter, at + delimiter.length)) {
    if (at > 0 && body[at - 1] !== 0x0a) continue
    if (start !== -1) pieces.push(body.subarray(start, Math.max(start, at - (body[at - 2] === 0x0d ? 2 : 1))))
    const lineEnd = body.indexOf('\n', at)
    const closes = body.subarray(at + delimiter.length, at + delimiter.length + 2).toString('latin1') === '--'
    start = closes || lineEnd === -1 ? -1 : lineEnd + 1
    if (closes || pieces.length >= partsMax) break
  }
  if (start !== -1) pieces.push(body.subarray(start))
  return pieces
}

const walk = (raw: Buffer, depth: number, found: Part[], assumed: string): void => {
  if (found.length >= partsMax || depth > depthMax) return
  const { head, body } = splitMail(raw)
  const fields = readFields(head)
  const content = fields.first('content-type') ?? assumed
  const type = (/^\s*([^\s;]+)/.exec(content)?.[1] ?? assumed).toLowerCase()
  const encoding = (fields.first('content-transfer-encoding') ?? '').trim().toLowerCase()
  const bytes = decodeBody(body, encoding)
  const boundary = type.startsWith('multipart/') ? parameterOf(content, 'boundary') : null
  const text = boundary === null && !/^(?:image|audio|video|application)\//.test(type)
  found.push({
    type,
    fields,
    body: bytes,
    depth,
    text: text ? decodeText(bytes, parameterOf(content, 'charset')) : '',
  })
  if (boundary !== null) {
    const inside = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain'
    for (const piece of splitMultipart(body, boundary)) walk(piece, depth + 1, found, inside)
  } else if (type === 'message/rfc822' || type === 'message/global')
    walk(bytes, depth + 1, found, 'text/plain')
}

/** All parts in order, the mail itself first; broken structure gives fewer parts, never an error. */
export const readParts = (raw: Buffer): Part[] => {
  const found: Part[] = []
  walk(raw, 0, found, 'text/plain')
  return found
}
