import { claimDirectoryEntry } from '../../accounts/index.ts'
import { type AuditBy, bySystem, recordActOf } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findZone } from '../dns/zone.ts'
import { type DomainRow, findDomainRow, lockDomainRow, noteDomain } from '../queries.ts'
import { serviceRecords } from '../records/expected.ts'
import { listKeys, listRecords, type RecordRow, removeRecord, updateRecord } from '../records/queries.ts'
import { shapeOf } from '../records/sync.ts'
import { type DomainState, isValid, stateAfter } from '../state.ts'
import { tellOfChange } from './consequences.ts'
import type { Verdict } from './judge.ts'
import { type CheckedDomain, checkRecord } from './record.ts'
import { nextCheckAt } from './schedule.ts'
import { probeTracking } from './tracking-probe.ts'

type Asked = {
  readonly checked: CheckedDomain
  readonly verdicts: ReadonlyMap<string, { readonly expected: string; readonly verdict: Verdict }>
  readonly trackingReady: boolean
}

/** Asks the world, outside every transaction: name servers may be as slow as they like. */
const ask = async (
  deps: Deps,
  row: DomainRow,
  records: readonly RecordRow[],
  service: CheckedDomain['service'],
): Promise<Asked> => {
  const zone = await findZone(deps, row.domain)
  const checked: CheckedDomain = { domain: row.domain, zone, place: deps.config, service }
  const verdicts = new Map(
    await Promise.all(
      records.map(async (record) => {
        const verdict = await checkRecord(checked, record)
        return [record.id, { expected: record.expected, verdict }] as const
      }),
    ),
  )
  const tracking = records.find(({ kind, retired_until }) => kind === 'tracking' && retired_until === null)
  const leadsHere = tracking !== undefined && verdicts.get(tracking.id)?.verdict.state === 'valid'
  return { checked, verdicts, trackingReady: leadsHere && (await probeTracking(deps, tracking.name)) }
}

/** Whose name it is; the first account that proves it holds it for all others. */
const verify = async (trx: Trx, deps: Deps, row: DomainRow, verdict: Verdict): Promise<Verdict> => {
  if (verdict.state !== 'valid' || row.verified_at !== null) return verdict
  const { account_id: accountId, id: targetId, domain: key } = row
  const ours = await claimDirectoryEntry(trx, { kind: 'sender_domain', key, accountId, targetId })
  if (!ours) return { ...verdict, state: 'invalid', finding: 'held_by_another_account' }
  await noteDomain(trx, accountId, targetId, { verified_at: deps.clock.now() })
  return verdict
}

const store = async (
  trx: Trx,
  deps: Deps,
  row: DomainRow,
  record: RecordRow,
  verdict: Verdict,
): Promise<RecordRow> => {
  const now = deps.clock.now()
  const { state } = verdict
  const invalidSince =
    state === 'invalid' ? (record.invalid_since ?? now) : state === null ? record.invalid_since : null
  const change = {
    state: state ?? record.state,
    found: state === null ? record.found : [...verdict.found],
    finding: verdict.finding,
    invalid_since: invalidSince,
    valid_at: state === 'valid' ? now : record.valid_at,
    checked_at: now,
    expected: verdict.expected ?? record.expected,
  }
  await updateRecord(trx, row.account_id, row.id, record.id, {
    ...change,
    finding_detail: JSON.stringify(verdict.detail),
  })
  return { ...record, ...change }
}

/** Without an own certificate the links of messages would lead to a warning of the browser. */
const withCertificate = (record: RecordRow, verdict: Verdict, ready: boolean): Verdict =>
  record.kind === 'tracking' && verdict.state === 'valid' && !ready && record.retired_until === null
    ? { ...verdict, state: 'warning', finding: 'no_certificate' }
    : verdict

const settleRecords = async (trx: Trx, deps: Deps, row: DomainRow, asked: Asked): Promise<RecordRow[]> => {
  const now = deps.clock.now()
  const settled: RecordRow[] = []
  for (const record of await listRecords(trx, row.account_id, row.id)) {
    if (record.retired_until !== null && record.retired_until <= now) {
      await removeRecord(trx, row.account_id, row.id, record.id)
      continue
    }
    const found = asked.verdicts.get(record.id)
    // What was changed while the servers were asked is checked by the next one.
    if (!found || found.expected !== record.expected) {
      settled.push(record)
      continue
    }
    const judged = record.kind === 'ownership' ? await verify(trx, deps, row, found.verdict) : found.verdict
    settled.push(await store(trx, deps, row, record, withCertificate(record, judged, asked.trackingReady)))
  }
  return settled
}

const earliestLoss = (records: readonly RecordRow[]): Date | null =>
  records.reduce<Date | null>((least, { invalid_since: since, valid_at, kind }) => {
    if (since === null || valid_at === null || kind === 'spf' || kind === 'tracking') return least
    return least === null || since < least ? since : least
  }, null)

const settle = async (trx: Trx, deps: Deps, row: DomainRow, asked: Asked, by: AuditBy): Promise<void> => {
  const { account_id: accountId, id } = row
  const now = deps.clock.now()
  const records = await settleRecords(trx, deps, row, asked)
  const before = row.state as DomainState
  const state = stateAfter(before, records, row.authorized_at !== null, now)
  const { zone } = asked.checked
  const trackingRight = isValid(records, 'tracking', now)
  await noteDomain(trx, accountId, id, {
    state,
    checked_at: now,
    next_check_at: nextCheckAt(row.generated_at ?? now, earliestLoss(records), now),
    tracking_ready: trackingRight && asked.trackingReady,
    ...(zone.apex === null ? {} : { zone: zone.apex, name_servers: [...zone.nameServers] }),
    ...(state === 'authorized' && row.authorized_at === null ? { authorized_at: now } : {}),
    ...(state === 'broken' ? { broken_at: row.broken_at ?? now } : { broken_at: null }),
  })
  await tellOfChange(trx, deps, row, { before, after: state })
  if (before === state || (state !== 'authorized' && state !== 'broken')) return
  await recordActOf(trx, deps, by, {
    action: state === 'authorized' ? 'sender_domain.authorized' : 'sender_domain.broken',
    type: 'sender_domain',
    id,
    before: { state: before },
    after: { state },
  })
}

/** Checks all records of a domain and draws the consequences; a draft has none, a disabled one is left alone. */
export const checkDomain = async (deps: Deps, accountId: string, id: string, by?: AuditBy): Promise<void> => {
  const found = await inAccount(deps.db, accountId, async (trx) => {
    const row = await findDomainRow(trx, accountId, id)
    if (!row || row.state === 'draft' || row.state === 'disabled') return null
    const keys = await listKeys(trx, accountId, id)
    const records = await listRecords(trx, accountId, id)
    return { row, records, service: serviceRecords(shapeOf(row), keys, deps.config) }
  })
  if (!found) return
  const asked = await ask(deps, found.row, found.records, found.service)
  await inAccount(deps.db, accountId, async (trx) => {
    const row = await lockDomainRow(trx, accountId, id)
    if (row && row.state !== 'draft' && row.state !== 'disabled')
      await settle(trx, deps, row, asked, by ?? bySystem(accountId))
  })
}
