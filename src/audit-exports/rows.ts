import type { AuditRecord } from '../audit/contract.ts'
import { byteOrderMark, type CsvCell, csvLine } from '../lib/csv.ts'

const text = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))
/** Control signs would move a terminal's cursor; a plus sign is no telephone number here (security.md §4.6). */
const plain = (value: string | null): string | null => {
  if (value === null) return null
  const clean = value.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd')
  return clean.startsWith('+') ? `'${clean}` : clean
}

const columns: Readonly<Record<string, (record: AuditRecord) => CsvCell>> = {
  seq: (record) => record.seq,
  at: (record) => record.at,
  section: (record) => record.section,
  action: (record) => record.action,
  actor_type: (record) => record.actor.type,
  actor_id: (record) => record.actor.id,
  actor_name: (record) => plain(record.actor.name),
  actor_login: (record) => plain(record.actor.login),
  on_behalf_of: (record) => record.actor.on_behalf_of,
  object_type: (record) => record.object?.type ?? null,
  object_id: (record) => plain(record.object?.id ?? null),
  result: (record) => record.result,
  reason: (record) => plain(record.reason),
  address: (record) => record.address,
  agent: (record) => plain(record.agent),
  session: (record) => record.session,
  request_id: (record) => plain(record.request_id),
  amr: (record) => record.amr.join(' '),
  before: (record) => plain(text(record.diff?.before ?? null)),
  after: (record) => plain(text(record.diff?.after ?? null)),
  prev_hash: (record) => record.prev_hash,
  hash: (record) => record.hash,
}

export type Format = 'csv' | 'json'

/** Between the lines stands what makes one whole file of them. */
export const frames: Readonly<Record<Format, { readonly open: string; readonly close: string }>> = {
  csv: { open: byteOrderMark + csvLine(Object.keys(columns)), close: '' },
  json: { open: '[', close: '\n]\n' },
}

export const toLine = (format: Format, record: AuditRecord, isFirst: boolean): string =>
  format === 'csv'
    ? csvLine(Object.values(columns).map((cell) => cell(record)))
    : `${isFirst ? '\n' : ',\n'}${JSON.stringify(record)}`
