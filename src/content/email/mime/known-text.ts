import { Fixed, type Piece } from '../../liquid/pieces.ts'
import { relaxBody } from '../dkim/body.ts'
import { writeQuotedPrintable } from './quoted-printable.ts'
import { Writer } from './writer.ts'

/** A text that many messages share, encoded beforehand as it begins a line. */
export type KnownText = {
  /** What stands around it and depends on its neighbours. */
  readonly before: string
  readonly after: string
  readonly encoded: Buffer
  readonly endColumn: number
  /** Canonical form for signatures. */
  readonly relaxed: Buffer
}

/** Below that the break before it costs more than encoding it. */
const knownCharsMin = 48

// Neither begins as a line must not, nor meets white space or half a line end of its neighbours.
const core = /[A-EG-Za-z0-9<][\s\S]*[A-Za-z0-9>]/
/** Goes as it is where its neighbours allow that. */
const needsEncoding = /[^\x20-\x7e\t\r\n]|[^\r\n]{77}/

type Prepared = { readonly needsEncoding: boolean; readonly known: KnownText | null }

const encode = (text: string, before: string, after: string): KnownText => {
  const source = Buffer.from(`${text}\0\0\0\0\0\0\0\0`)
  const size = Buffer.byteLength(text)
  const writer = new Writer(size)
  const endColumn = writeQuotedPrintable(writer, source, size, 0)
  const encoded = Buffer.from(writer.bytes.subarray(0, writer.at))
  const relaxed = relaxBody(encoded)
  // The canonical form of a whole body ends in CRLF; this one goes on.
  return { before, after, encoded, endColumn, relaxed: Buffer.from(relaxed.subarray(0, relaxed.length - 2)) }
}

const prepare = ({ text }: Fixed): Prepared => {
  const found = core.exec(text)
  const kept = found?.[0] ?? ''
  const at = found?.index ?? 0
  return {
    needsEncoding: needsEncoding.test(text),
    known: kept.length < knownCharsMin ? null : encode(kept, text.slice(0, at), text.slice(at + kept.length)),
  }
}

const prepared = new WeakMap<Fixed, Prepared>()

const preparedOf = (fixed: Fixed): Prepared => {
  const known = prepared.get(fixed) ?? prepare(fixed)
  prepared.set(fixed, known)
  return known
}

/** The encoded form of what all recipients share; null where it is too short to be kept. */
export const knownTextOf = (fixed: Fixed): KnownText | null => preparedOf(fixed).known

/** Whether what all recipients share alone keeps a text from going as it is. */
export const mustBeEncoded = (pieces: readonly Piece[]): boolean =>
  pieces.some((piece) => piece instanceof Fixed && preparedOf(piece).needsEncoding)
