import type { Config } from '../../config.ts'
import type { Dmarc, DomainRecord } from '../contract.ts'
import { writeDmarc } from './dmarc.ts'
import { spfOf } from './spf.ts'

export type RecordKind = DomainRecord['kind']
export type RecordType = DomainRecord['type']

/** What is to be published at one name. */
export type Expected = {
  readonly kind: RecordKind
  readonly type: RecordType
  readonly name: string
  readonly expected: string
  readonly selector: string | null
}

export type DomainShape = {
  readonly id: string
  readonly domain: string
  readonly mode: 'direct' | 'delegated'
  readonly return_path_label: string
  readonly tracking_label: string
  readonly ownership_token: string
  readonly dmarc: Dmarc
}
export type PublishedKey = {
  readonly selector: string
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256'
  readonly public_key: string
}
export type Place = Pick<Config, 'mailHost' | 'contentHost' | 'spfMechanisms' | 'serviceDomain'>

export const mxPriority = 10
export const ownershipName = (domain: string): string => `_campanile.${domain}`

const keyType = { 'rsa-sha256': 'rsa', 'ed25519-sha256': 'ed25519' } as const
/** RFC 6376 §3.6.1, RFC 8463 §4. */
export const dkimRecord = (key: PublishedKey): string =>
  `v=DKIM1; k=${keyType[key.algorithm]}; p=${key.public_key}`

/** Below the operator's domain each customer's domain has one part of its own. */
const servicePart = (id: string): string => id.replaceAll('-', '')

const record = (kind: RecordKind, type: RecordType, name: string, expected: string): Expected => ({
  kind,
  type,
  name,
  expected,
  selector: null,
})

const directRecords = (shape: DomainShape, keys: readonly PublishedKey[], place: Place): Expected[] => {
  const { domain } = shape
  const bounce = `${shape.return_path_label}.${domain}`
  return [
    ...keys.map((key) => ({
      ...record('dkim', 'TXT', `${key.selector}._domainkey.${domain}`, dkimRecord(key)),
      selector: key.selector,
    })),
    record('return_path', 'TXT', bounce, spfOf(place.spfMechanisms)),
    record('return_path', 'MX', bounce, `${mxPriority} ${place.mailHost}`),
    record('dmarc', 'TXT', `_dmarc.${domain}`, writeDmarc(shape.dmarc)),
  ]
}

const delegatedRecords = (shape: DomainShape, keys: readonly PublishedKey[], service: string): Expected[] => {
  const { domain } = shape
  const below = `${servicePart(shape.id)}.${service}`
  return [
    ...keys.map(({ selector }) => ({
      ...record('dkim', 'CNAME', `${selector}._domainkey.${domain}`, `${selector}._domainkey.${below}`),
      selector,
    })),
    record('return_path', 'CNAME', `${shape.return_path_label}.${domain}`, `bounce.${below}`),
    record('dmarc', 'CNAME', `_dmarc.${domain}`, `_dmarc.${below}`),
  ]
}

/** Everything that the account publishes for a domain (email.md §2.2). */
export const expectedRecords = (
  shape: DomainShape,
  keys: readonly PublishedKey[],
  place: Place,
): readonly Expected[] => {
  const { domain } = shape
  const ownership = record('ownership', 'TXT', ownershipName(domain), shape.ownership_token)
  const own =
    shape.mode === 'delegated' && place.serviceDomain
      ? delegatedRecords(shape, keys, place.serviceDomain)
      : directRecords(shape, keys, place)
  return [
    ownership,
    ...own,
    record('spf', 'TXT', domain, spfOf(place.spfMechanisms)),
    record('tracking', 'CNAME', `${shape.tracking_label}.${domain}`, place.contentHost),
  ]
}

/** What the operator publishes below the service domain for a delegated domain, at the names that its CNAMEs lead to. */
export const serviceRecords = (
  shape: DomainShape,
  keys: readonly PublishedKey[],
  place: Place,
): readonly Expected[] => {
  if (shape.mode !== 'delegated' || !place.serviceDomain) return []
  const below = `${servicePart(shape.id)}.${place.serviceDomain}`
  return [
    ...keys.map((key) => ({
      ...record('dkim', 'TXT', `${key.selector}._domainkey.${below}`, dkimRecord(key)),
      selector: key.selector,
    })),
    record('return_path', 'TXT', `bounce.${below}`, spfOf(place.spfMechanisms)),
    record('return_path', 'MX', `bounce.${below}`, `${mxPriority} ${place.mailHost}`),
    record('dmarc', 'TXT', `_dmarc.${below}`, writeDmarc(shape.dmarc)),
  ]
}

/** What must be right before mail leaves; links without an own host and an SPF record of the domain itself are advice. */
export const neededFor = (kind: RecordKind): 'always' | 'campaigns' | 'advised' => {
  if (kind === 'dmarc') return 'campaigns'
  return kind === 'spf' || kind === 'tracking' ? 'advised' : 'always'
}
