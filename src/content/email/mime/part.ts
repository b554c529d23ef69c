import { Fixed, joinPieces, type Piece } from '../../liquid/pieces.ts'
import type { Ready } from '../dkim/body.ts'
import { knownTextOf, mustBeEncoded } from './known-text.ts'
import { isFrom, writeQuotedPrintable } from './quoted-printable.ts'
import type { Writer } from './writer.ts'

export type TransferEncoding = '7bit' | 'quoted-printable'

const tab = 9
const lf = 10
const cr = 13
const space = 32
const dot = 46
const dash = 45
/** Longest line written as it stands, as RFC 2045 has it for encoded ones. */
const columnMax = 76

const readMargin = 8
let source = Buffer.allocUnsafeSlow(64 * 1_024)

/** Up to this length a loop is quicker than the call that would encode it. */
const shortCharsMax = 240

/** Writes short ASCII; -1 for anything else. */
const encodeShort = (text: string): number => {
  const size = text.length
  if (size > shortCharsMax) return -1
  for (let at = 0; at < size; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 127) return -1
    source[at] = code
  }
  return size
}

/** The text in UTF-8, in memory that the next call overwrites; zeros stand behind it. */
const encode = (text: string): number => {
  const sizeMax = text.length * 3 + readMargin
  if (source.length < sizeMax) source = Buffer.allocUnsafeSlow(sizeMax * 2)
  const short = encodeShort(text)
  const size = short === -1 ? source.write(text, 0, 'utf8') : short
  for (let at = size; at < size + readMargin; at += 1) source[at] = 0
  return size
}

/** A line must not begin as SMTP's end of data, a mail store's new message or our own boundary does. */
const beginsIll = (at: number): boolean => {
  const byte = source[at]
  return byte === dot || isFrom(source, at) || (byte === dash && source[at + 1] === dash)
}

const staysReadable = (byte: number): boolean => (byte >= space && byte < 127) || byte === tab

const fitsSevenBit = (size: number): boolean => {
  let begin = 0
  for (let at = 0; at <= size; at += 1) {
    const byte = at < size ? (source[at] as number) : lf
    if (byte === lf || byte === cr) {
      const last = at > begin ? source[at - 1] : 0
      if (last === space || last === tab || (at > begin && beginsIll(begin))) return false
      begin = at + 1
    } else if (!staysReadable(byte) || at - begin >= columnMax) return false
  }
  return true
}

const writeSevenBit = (writer: Writer, size: number): void => {
  writer.reserve(size * 2)
  const target = writer.bytes
  let out = writer.at
  for (let at = 0; at < size; at += 1) {
    const byte = source[at] as number
    if (byte === lf || byte === cr) {
      if (byte === cr && source[at + 1] === lf) at += 1
      target[out++] = cr
      target[out++] = lf
    } else target[out++] = byte
  }
  writer.at = out
}

const softBreak = '=\r\n'

/** Encodes what is the recipient's own and copies what is not. */
const writeEncoded = (writer: Writer, pieces: readonly Piece[], ready: Ready[]): void => {
  let column = 0
  let own = ''
  const writeOwn = (): void => {
    if (own !== '') column = writeQuotedPrintable(writer, source, encode(own), column)
    own = ''
  }
  for (const piece of pieces) {
    const known = piece instanceof Fixed ? knownTextOf(piece) : null
    if (!known) {
      own += piece instanceof Fixed ? piece.text : piece
      continue
    }
    own += known.before
    writeOwn()
    if (column > 0) writer.ascii(softBreak)
    ready.push({ at: writer.at, size: known.encoded.length, relaxed: known.relaxed })
    writer.copy(known.encoded)
    column = known.endColumn
    own = known.after
  }
  writeOwn()
}

export type Part = {
  /** Gets the stretches that were copied and need not be read for a signature. */
  readonly ready: Ready[]
  /** Writes what stands before the text. */
  readonly begin: (encoding: TransferEncoding) => void
}

/**
 * Writes a text part behind what `begin` writes for its encoding. Plain ASCII in short lines goes as it is, all else as
 * quoted-printable; either way lines end in CRLF and none begins with a dot.
 */
export const writePart = (writer: Writer, pieces: readonly Piece[], part: Part): TransferEncoding => {
  if (mustBeEncoded(pieces)) {
    part.begin('quoted-printable')
    writeEncoded(writer, pieces, part.ready)
    return 'quoted-printable'
  }
  const size = encode(joinPieces(pieces))
  const encoding = fitsSevenBit(size) ? '7bit' : 'quoted-printable'
  part.begin(encoding)
  if (encoding === '7bit') writeSevenBit(writer, size)
  else writeQuotedPrintable(writer, source, size, 0)
  return encoding
}
