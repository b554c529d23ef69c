import { relaxBody } from '../dkim/body.ts'
import { writeQuotedPrintable } from './quoted-printable.ts'
import { Writer } from './writer.ts'

/** A text that stands in every message of a revision, encoded beforehand as it begins a line. */
export type KnownText = {
  readonly text: string
  readonly encoded: Buffer
  readonly endColumn: number
  /** Canonical form for signatures. */
  readonly relaxed: Buffer
}

const knownCharsMin = 120

// Neither begins as a line must not, nor meets white space or half a line end of its neighbours.
const core = /[A-EG-Za-z0-9<][\s\S]*[A-Za-z0-9>]/
/** Goes as it is where its neighbours allow that, so that nothing is won by encoding it. */
const needsEncoding = /[^\x20-\x7e\t\r\n]|[^\r\n]{77}/

const prepare = (text: string): KnownText => {
  const source = Buffer.from(`${text}\0\0\0\0\0\0\0\0`)
  const size = Buffer.byteLength(text)
  const writer = new Writer(size)
  const endColumn = writeQuotedPrintable(writer, source, size, 0)
  const encoded = Buffer.from(writer.bytes.subarray(0, writer.at))
  const relaxed = relaxBody(encoded)
  // The canonical form of a whole body ends in CRLF; this one goes on.
  return { text, encoded, endColumn, relaxed: Buffer.from(relaxed.subarray(0, relaxed.length - 2)) }
}

const prepareAll = (texts: readonly string[]): readonly KnownText[] =>
  texts.flatMap((text) => {
    const [kept = ''] = core.exec(text) ?? []
    return kept.length >= knownCharsMin && needsEncoding.test(kept) ? [prepare(kept)] : []
  })

/** Texts of a revision that its messages share, in the order in which they occur. */
export type SharedTexts = { readonly html: readonly string[]; readonly text: readonly string[] }
export type KnownTexts = Readonly<Record<'plain' | 'html', readonly KnownText[]>>

const prepared = new WeakMap<SharedTexts, KnownTexts>()
const nothing: KnownTexts = { plain: [], html: [] }

/** Encodes the longer ones, once for each revision. */
export const prepareKnown = (shared: SharedTexts | undefined): KnownTexts => {
  if (!shared) return nothing
  const known = prepared.get(shared) ?? { plain: prepareAll(shared.text), html: prepareAll(shared.html) }
  prepared.set(shared, known)
  return known
}
