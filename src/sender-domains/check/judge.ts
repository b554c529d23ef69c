import type { DomainRecord } from '../contract.ts'
import type { Observed } from '../dns/observe.ts'
import { hasPolicy, isDmarc, tagsOf } from '../records/dmarc.ts'
import { holdsMechanisms, isSpf, mergeSpf } from '../records/spf.ts'
import type { RecordState } from '../state.ts'

export type Finding = NonNullable<DomainRecord['finding']>

/** What a check says about one record; `state` null: no answer, so everything stays as it was. */
export type Verdict = {
  readonly state: RecordState | null
  readonly found: readonly string[]
  readonly finding: Finding | null
  readonly detail: Readonly<Record<string, string>>
  /** The value to publish, where it depends on what was found. */
  readonly expected?: string
}

export type Judged = {
  readonly kind: DomainRecord['kind']
  readonly type: DomainRecord['type']
  readonly name: string
  readonly expected: string
}

const verdict = (
  state: RecordState | null,
  found: readonly string[],
  finding: Finding | null = null,
  detail: Readonly<Record<string, string>> = {},
): Verdict => ({ state, found, finding, detail })

const invalid = (found: readonly string[], finding: Finding, detail: Readonly<Record<string, string>> = {}) =>
  verdict('invalid', found, finding, detail)

const compact = (text: string): string => text.replaceAll(/\s+/g, '')
const unquoted = (text: string): string => compact(text).replaceAll(/["'\u201c\u201d\u201e\\]/g, '')
const hasQuotes = (text: string): boolean => /["\u201c\u201d\u201e]/.test(text)

/** A value as it was meant; a record that differs from it in nothing else has one of the usual slips. */
const slipOf = (found: string, expected: string): Finding => {
  const [bare, wanted] = [unquoted(found), unquoted(expected)]
  if (bare === wanted) return hasQuotes(found) ? 'quotes_in_value' : 'other_value'
  const shortest = Math.min(20, wanted.length)
  if (bare.length >= shortest && bare.length < wanted.length && wanted.startsWith(bare)) return 'truncated'
  return 'other_value'
}

const judgeOwnership = (values: readonly string[], expected: string): Verdict => {
  // Another token beside ours is somebody else's and does no harm.
  if (values.some((value) => value.trim() === expected)) return verdict('valid', values)
  const slips = values.map((value) => slipOf(value, expected))
  return invalid(values, slips.find((slip) => slip !== 'other_value') ?? 'other_value')
}

const judgeDkim = (values: readonly string[], expected: string): Verdict => {
  const keys = values.filter((value) => /(?:^|[;\s"])p\s*=/.test(value))
  if (keys.length > 1) return invalid(values, 'two_records')
  const [value = values[0] ?? ''] = keys
  if (hasQuotes(value)) return invalid(values, 'quotes_in_value')
  const [found, wanted] = [tagsOf(value), tagsOf(expected)]
  const key = compact(found.get('p') ?? '')
  const wantedKey = wanted.get('p') ?? ''
  const version = found.get('v')
  const sameType = (found.get('k') ?? 'rsa').toLowerCase() === wanted.get('k')
  if (key === wantedKey && sameType && (version === undefined || version === 'DKIM1'))
    return verdict('valid', values)
  const cut = key !== '' && key.length < wantedKey.length && wantedKey.startsWith(key)
  if (cut) {
    return invalid(values, 'truncated', {
      length: String(key.length),
      expected_length: String(wantedKey.length),
    })
  }
  return invalid(values, 'other_value')
}

/** The return path is ours alone, so its record may let pass more than we ask for, but there is one. */
const judgeReturnSpf = (values: readonly string[], expected: string): Verdict => {
  const records = values.filter((value) => isSpf(value.trim()))
  if (records.length > 1) return invalid(values, 'two_records')
  const [record] = records
  if (record === undefined) {
    const quoted = values.find(
      (value) => hasQuotes(value) && isSpf(value.replaceAll(/["\u201c\u201d\u201e]/g, '').trim()),
    )
    return invalid(values, quoted === undefined ? 'other_value' : 'quotes_in_value')
  }
  const wanted = expected.split(' ').slice(1, -1)
  return holdsMechanisms(record, wanted)
    ? verdict('valid', values)
    : invalid(values, slipOf(record, expected))
}

/** Whether a host name got the zone appended because its final dot was left out. */
const gotZone = (found: string, wanted: string, name: string): boolean =>
  found.startsWith(`${wanted}.`) &&
  (name === found.slice(wanted.length + 1) || name.endsWith(`.${found.slice(wanted.length + 1)}`))

const judgeHosts = (values: readonly string[], { expected, name, type }: Judged): Verdict => {
  const hostOf = (value: string): string =>
    (type === 'MX' ? (value.split(' ')[1] ?? '') : value).toLowerCase()
  const wanted = hostOf(expected)
  const hosts = values.map(hostOf)
  if (hosts.includes(wanted)) {
    // Bounces that go elsewhere first are lost to us.
    return type === 'MX' && hosts[0] !== wanted ? invalid(values, 'two_records') : verdict('valid', values)
  }
  const slipped = hosts.find((host) => gotZone(host, wanted, name))
  return slipped === undefined
    ? invalid(values, 'other_value')
    : invalid(values, 'missing_final_dot', { host: wanted })
}

const judgeDmarc = (values: readonly string[], expected: string): Verdict => {
  const records = values.filter((value) => isDmarc(value.trim()))
  if (records.length > 1) return invalid(values, 'two_records')
  const [record] = records
  if (record === undefined) {
    const quoted = values.some((value) => isDmarc(value.replaceAll(/["\u201c\u201d\u201e]/g, '').trim()))
    return invalid(values, quoted ? 'quotes_in_value' : 'other_value')
  }
  if (!hasPolicy(record)) return invalid(values, slipOf(record, expected))
  const wanted = tagsOf(expected)
  const found = tagsOf(record)
  const same = wanted.size === found.size && [...wanted].every(([tag, value]) => found.get(tag) === value)
  return verdict('valid', values, same ? null : 'other_policy')
}

/** SPF of the domain itself: advice, merged with the record that stands there. */
export const judgeSpf = (values: readonly string[], mechanisms: readonly string[]): Verdict => {
  const records = values.filter((value) => isSpf(value.trim()))
  const [record = null] = records
  const expected = mergeSpf(record, mechanisms)
  if (records.length > 1) return { ...verdict('warning', records, 'two_records'), expected }
  if (record !== null && holdsMechanisms(record, mechanisms))
    return { ...verdict('valid', records), expected }
  const quoted = values.some(
    (value) => hasQuotes(value) && isSpf(value.replaceAll(/["\u201c\u201d\u201e]/g, '').trim()),
  )
  const finding = record === null ? (quoted ? 'quotes_in_value' : 'missing') : 'other_value'
  return { ...verdict('warning', records, finding), expected }
}

const judgeValues = (record: Judged, values: readonly string[]): Verdict => {
  if (record.type !== 'TXT') return judgeHosts(values, record)
  if (record.kind === 'ownership') return judgeOwnership(values, record.expected)
  if (record.kind === 'dkim') return judgeDkim(values, record.expected)
  if (record.kind === 'dmarc') return judgeDmarc(values, record.expected)
  return judgeReturnSpf(values, record.expected)
}

/** Compares what is published with what was asked for, and names the slip (email.md §2.3). */
export const judge = (record: Judged, { told, propagating }: Observed): Verdict => {
  if (told.kind === 'silent') return verdict(null, [], 'no_answer')
  if (told.kind === 'none') return invalid([], 'missing')
  const judged = judgeValues(record, told.values)
  return judged.state === 'valid' && propagating
    ? { ...judged, state: 'pending', finding: 'propagating' }
    : judged
}
