import type { Writer } from './writer.ts'

const tab = 9
const lf = 10
const cr = 13
const space = 32
const dot = 46
const equals = 61
const upperF = 70

/** Signs of a line; the 76th is the mark of a soft break (RFC 2045 §6.7 rule 5). */
const columnMax = 75
/** A sign becomes at most `=XX`, and twelve of them a soft break more. */
const growthMax = 4

/** 0 for signs that stand for themselves everywhere. */
const special = new Uint8Array(256).fill(1)
special.fill(0, space + 1, 127)
for (const byte of [equals, dot, upperF]) special[byte] = 1

const hex = Buffer.from('0123456789ABCDEF')

/** "From " at the beginning of a line becomes ">From " in mail stores, and the signature breaks (RFC 4155). */
export const isFrom = (source: Uint8Array, at: number): boolean =>
  source[at] === upperF &&
  source[at + 1] === 114 &&
  source[at + 2] === 111 &&
  source[at + 3] === 109 &&
  source[at + 4] === space

/** Columns of what begins here: all of a character, so that a reader who decodes line by line can read it. */
const columnsOf = (byte: number): number => {
  if (byte < 0xc0) return 3
  if (byte < 0xe0) return 6
  return byte < 0xf0 ? 9 : 12
}

const isLiteral = (source: Uint8Array, at: number, size: number, column: number): boolean => {
  const byte = source[at] as number
  if (byte === space || byte === tab) {
    const next = at + 1 < size ? source[at + 1] : lf
    return next !== lf && next !== cr
  }
  if (byte === dot) return column > 0
  if (byte === upperF) return column > 0 || !isFrom(source, at)
  return special[byte] === 0
}

/**
 * Writes text as quoted-printable (RFC 2045 §6.7). Line ends of any kind become CRLF. A dot at the beginning of a line
 * is encoded, so that SMTP has nothing to double (RFC 5321 §4.5.2), and no white space stands before a line end.
 * `source` must be readable some bytes beyond `size`. Answers the column behind the last sign.
 */
export const writeQuotedPrintable = (
  writer: Writer,
  source: Uint8Array,
  size: number,
  startColumn: number,
): number => {
  writer.reserve(size * growthMax + 8)
  const target = writer.bytes
  let out = writer.at
  let column = startColumn
  for (let at = 0; at < size; ) {
    const byte = source[at] as number
    if (special[byte] === 0 && column < columnMax) {
      target[out++] = byte
      column += 1
      at += 1
    } else if (byte === lf || byte === cr) {
      target[out++] = cr
      target[out++] = lf
      column = 0
      at += byte === cr && at + 1 < size && source[at + 1] === lf ? 2 : 1
    } else {
      const literal = isLiteral(source, at, size, column)
      if (column + (literal ? 1 : columnsOf(byte)) > columnMax) {
        // What then begins the next line is judged anew: a dot may now stand first.
        target[out++] = equals
        target[out++] = cr
        target[out++] = lf
        column = 0
        continue
      }
      if (!literal) {
        target[out++] = equals
        target[out++] = hex[byte >> 4] as number
      }
      target[out++] = literal ? byte : (hex[byte & 15] as number)
      column += literal ? 1 : 3
      at += 1
    }
  }
  writer.at = out
  return column
}
