import type { Dmarc, DomainRecord, SenderDomain, SenderDomainItem } from './contract.ts'
import { registrableOf, suggestedSubdomain } from './domain-name.ts'
import { guideFor } from './guides/guides.ts'
import { selectorsOf } from './keys.ts'
import type { DomainRow } from './queries.ts'
import { mayCampaign, mayTransact } from './readiness.ts'
import { neededFor } from './records/expected.ts'
import type { KeyRow, RecordRow } from './records/queries.ts'

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A name as the zone's editor knows it. */
export const hostWithin = (name: string, zone: string): string => {
  if (name === zone) return '@'
  return name.endsWith(`.${zone}`) ? name.slice(0, -zone.length - 1) : name
}

export const zoneOf = ({ zone, domain }: Pick<DomainRow, 'zone' | 'domain'>): string =>
  zone ?? registrableOf(domain)

export const toRecord = (row: RecordRow, zone: string): DomainRecord => {
  const [first = '', second = ''] = row.expected.split(' ')
  const isMx = row.type === 'MX'
  return {
    id: row.id,
    kind: row.kind,
    type: row.type,
    name: row.name,
    host: hostWithin(row.name, zone),
    value: isMx ? second : row.expected,
    priority: isMx ? Number(first) : null,
    needed: neededFor(row.kind),
    selector: row.selector,
    state: row.state,
    found: row.found,
    finding: row.finding as DomainRecord['finding'],
    finding_detail: row.finding_detail,
    retired_until: iso(row.retired_until),
    checked_at: iso(row.checked_at),
  }
}

export const toItem = (row: DomainRow, records: readonly RecordRow[], now: Date): SenderDomainItem => ({
  id: row.id,
  domain: row.domain,
  mode: row.mode as SenderDomain['mode'],
  return_path_label: row.return_path_label,
  tracking_label: row.tracking_label,
  dkim_selector: row.dkim_selector,
  dkim_key: row.ed25519 ? 'rsa_2048_ed25519' : 'rsa_2048',
  dmarc: row.dmarc as Dmarc,
  allowed_role_ids: row.allowed_role_ids,
  allowed_user_ids: row.allowed_user_ids,
  state: row.state as SenderDomain['state'],
  may_send: { campaigns: mayCampaign(row, records, now), transactional: mayTransact(row, now) },
  suggested_subdomain: suggestedSubdomain(row.domain),
  zone: row.zone,
  name_servers: row.name_servers,
  guide: guideFor(row.name_servers),
  tracking_ready: row.tracking_ready,
  generated_at: iso(row.generated_at),
  authorized_at: iso(row.authorized_at),
  broken_at: iso(row.broken_at),
  checked_at: iso(row.checked_at),
  next_check_at: iso(row.next_check_at),
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

/** Keys by algorithm, the first before the second; all else as it is read. */
const inOrder = ({ dkim_selector: base }: DomainRow, records: readonly RecordRow[]): readonly RecordRow[] => {
  const selectors: readonly string[] = [
    ...selectorsOf(base, 'rsa-sha256'),
    ...selectorsOf(base, 'ed25519-sha256'),
  ]
  const rank = ({ selector }: RecordRow): number => (selector === null ? 0 : selectors.indexOf(selector))
  return records.toSorted((left, right) =>
    left.kind === 'dkim' && right.kind === 'dkim' ? rank(left) - rank(right) : 0,
  )
}

export const toDomain = (
  row: DomainRow,
  records: readonly RecordRow[],
  keys: readonly KeyRow[],
  now: Date,
): SenderDomain => ({
  ...toItem(row, records, now),
  records: inOrder(row, records).map((record) => toRecord(record, zoneOf(row))),
  keys: keys.map(({ selector, algorithm, active, active_from }) => ({
    selector,
    algorithm,
    active,
    active_from: iso(active_from),
  })),
})

/** What the application log compares: settings, not what checks found. */
export const settingsOf = (row: DomainRow): object => ({
  domain: row.domain,
  mode: row.mode,
  return_path_label: row.return_path_label,
  tracking_label: row.tracking_label,
  dkim_selector: row.dkim_selector,
  dkim_key: row.ed25519 ? 'rsa_2048_ed25519' : 'rsa_2048',
  dmarc: row.dmarc,
  allowed_role_ids: row.allowed_role_ids,
  allowed_user_ids: row.allowed_user_ids,
  disabled: row.state === 'disabled',
})
