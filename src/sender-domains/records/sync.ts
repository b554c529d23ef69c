import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs, hoursMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { nextCheckAt } from '../check/schedule.ts'
import type { Dmarc } from '../contract.ts'
import { type DomainRow, noteDomain } from '../queries.ts'
import { type DomainShape, type Expected, expectedRecords, type RecordKind } from './expected.ts'
import { insertRecord, listKeys, listRecords, type RecordRow, removeRecord, updateRecord } from './queries.ts'

/** Mail under way and links in it still use a former name for so long (email.md §2.1). */
const retiredMs = hoursMs(14 * 24)
/** Names that a person chose and messages carry. */
const keptWhenChanged: readonly RecordKind[] = ['return_path', 'tracking', 'dkim']

export const shapeOf = (row: DomainRow): DomainShape => ({
  id: row.id,
  domain: row.domain,
  mode: row.mode as DomainShape['mode'],
  return_path_label: row.return_path_label,
  tracking_label: row.tracking_label,
  ownership_token: row.ownership_token,
  dmarc: row.dmarc as Dmarc,
})

const samePlace = (left: Expected, right: Expected): boolean =>
  left.kind === right.kind && left.type === right.type && left.name === right.name

const retire = (trx: Trx, deps: Deps, domain: DomainRow, record: RecordRow): Promise<unknown> => {
  const { account_id: accountId, id } = domain
  const stays = record.state === 'valid' && keptWhenChanged.includes(record.kind)
  if (!stays) return removeRecord(trx, accountId, id, record.id)
  return updateRecord(trx, accountId, id, record.id, { retired_until: addMs(deps.clock.now(), retiredMs) })
}

const asNew = {
  state: 'pending',
  found: [],
  finding: null,
  finding_detail: '{}',
  invalid_since: null,
} as const

/** One name with another value: whether it still does is asked anew, except where any value does. */
const renew = async (trx: Trx, domain: DomainRow, row: RecordRow, wanted: Expected): Promise<boolean> => {
  const { account_id: accountId, id } = domain
  const changed = row.expected !== wanted.expected && row.kind !== 'spf'
  if (!changed && row.retired_until === null) return false
  await updateRecord(trx, accountId, id, row.id, {
    expected: wanted.expected,
    retired_until: null,
    ...(changed && row.kind !== 'dmarc' ? { ...asNew, found: [] } : {}),
  })
  return true
}

/** Makes the stored records those that the domain's settings ask for, and has them checked soon when one is new. */
export const syncRecords = async (trx: Trx, deps: Deps, domain: DomainRow): Promise<DomainRow> => {
  const { account_id: accountId, id } = domain
  const keys = await listKeys(trx, accountId, id)
  const wanted = expectedRecords(shapeOf(domain), keys, deps.config)
  const present = await listRecords(trx, accountId, id)
  let changed = false
  for (const record of present) {
    if (record.retired_until !== null || wanted.some((one) => samePlace(one, record))) continue
    await retire(trx, deps, domain, record)
    changed = true
  }
  for (const one of wanted) {
    const row = present.find((record) => samePlace(record, one))
    if (row) changed = (await renew(trx, domain, row, one)) || changed
    else {
      await insertRecord(trx, accountId, { ...one, domainId: id, id: uuidV7(deps.clock.now()) })
      changed = true
    }
  }
  if (!changed) return domain
  const now = deps.clock.now()
  return noteDomain(trx, accountId, id, {
    generated_at: now,
    next_check_at: domain.state === 'disabled' ? null : nextCheckAt(now, null, now),
    ...(domain.state === 'draft' ? { state: 'pending' } : {}),
  })
}
