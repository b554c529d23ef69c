import type { Config } from '../../config.ts'
import { AppError } from '../../http/errors.ts'
import { formatAddress } from '../../lib/addresses/address.ts'
import { countV4, type Range, unite } from '../../lib/addresses/range-set.ts'
import { type ClassRules, refusedClass } from './entry-classes.ts'
import { readWritten, type SyntaxRefusal, type Written } from './entry-syntax.ts'

export type EntryKind = 'address' | 'cidr' | 'mask' | 'range'
export type EntryWarning = 'host_address_v6' | 'wide_range'
export type ParsedEntry = Range & {
  readonly family: 4 | 6
  readonly kind: EntryKind
  /** As it was typed, without the outer spaces. */
  readonly input: string
  /** The one spelling; it parses to the same bytes. */
  readonly canonical: string
  readonly warnings: readonly EntryWarning[]
}
export type EntryRefusal = {
  readonly refused:
    | SyntaxRefusal
    | 'host_bits_set'
    | 'embedded_ipv4'
    | 'reserved_address'
    | 'private_address'
    | 'too_wide'
  readonly suggestion?: string
}
export type EntryRules = ClassRules

/** A quarter of the IPv4 space: a list as wide as that guards nothing. */
const unionMax = 1n << 30n
const widestOf = { 4: 1n << 24n, 6: 1n << 96n } as const
const wideOf = { 4: 1n << 16n, 6: 1n << 88n } as const
const widthOf = { 4: 32, 6: 128 } as const

export const entryRules = (config: Config): EntryRules => ({
  allowPrivate: config.allowPrivateEntries,
  allowLoopback: config.allowPrivateEntries && config.loopback,
})

export const sizeOf = ({ lo, hi }: Range): bigint => hi - lo + 1n

type Span = Range & { readonly family: 4 | 6; readonly kind: EntryKind; readonly canonical: string }

const single = (family: 4 | 6, value: bigint): Span => ({
  family,
  lo: value,
  hi: value,
  kind: 'address',
  canonical: formatAddress({ family, value }),
})

const toSpan = (written: Written): Span | EntryRefusal => {
  if (written.form === 'range') {
    const { lo, hi } = written
    if (lo.value === hi.value) return single(lo.family, lo.value)
    const canonical = `${formatAddress(lo)}-${formatAddress(hi)}`
    return { family: lo.family, lo: lo.value, hi: hi.value, kind: 'range', canonical }
  }
  const { base, bits, dotted } = written
  const { family, value } = base
  const size = 1n << BigInt(widthOf[family] - bits)
  const lo = value - (value % size)
  const canonical = `${formatAddress({ family, value: lo })}/${bits}`
  if (lo !== value) return { refused: 'host_bits_set', suggestion: canonical }
  if (size === 1n) return single(family, value)
  return { family, lo, hi: lo + size - 1n, kind: dotted ? 'mask' : 'cidr', canonical }
}

export const warningsOf = (span: Range & Pick<ParsedEntry, 'family' | 'kind'>): EntryWarning[] => [
  ...(span.family === 6 && span.kind === 'address' ? (['host_address_v6'] as const) : []),
  ...(sizeOf(span) > wideOf[span.family] ? (['wide_range'] as const) : []),
]

/** Reads one entry by security.md §2.3: parsing, mapping, host bits, width, class; what is doubtful is refused. */
export const parseEntry = (text: string, rules: EntryRules): ParsedEntry | EntryRefusal => {
  const written = readWritten(text)
  if (typeof written === 'string') return { refused: written }
  const span = toSpan(written)
  if ('refused' in span) return span
  if (sizeOf(span) > widestOf[span.family]) return { refused: 'too_wide' }
  const refused = refusedClass(span, rules)
  if (refused) return { refused }
  return { ...span, input: text.replace(/^ +| +$/g, ''), warnings: warningsOf(span) }
}

/**
 * Like `parseEntry` for a request body.
 * @throws AppError 422 with the code of the refusal, `suggestion` where there is one, and `pointer` where given.
 */
export const readEntry = (text: string, rules: EntryRules, pointer?: string): ParsedEntry => {
  const parsed = parseEntry(text, rules)
  if (!('refused' in parsed)) return parsed
  const { refused, suggestion } = parsed
  throw new AppError(refused, 422, '', {
    ...(suggestion ? { suggestion } : {}),
    ...(pointer ? { pointer } : {}),
  })
}

/** @throws AppError 422 `too_wide` when the entries together hold a quarter of all IPv4 addresses. */
export const refuseWideUnion = (ranges: readonly Range[]): void => {
  if (countV4(unite(ranges)) >= unionMax) throw new AppError('too_wide', 422)
}

/** A list of its own, such as that of an API key: every entry strict, the union judged, repeats left out. */
export const readEntryList = (
  texts: readonly string[],
  rules: EntryRules,
  pointer: string,
): readonly ParsedEntry[] => {
  const entries = texts.map((text, index) => readEntry(text, rules, `${pointer}/${index}`))
  refuseWideUnion(entries)
  return [...new Map(entries.map((entry) => [`${entry.lo}-${entry.hi}`, entry])).values()]
}
