import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { enqueue } from '../jobs/index.ts'
import { nextCheckAt } from './check/schedule.ts'
import type { SenderDomain, SenderDomainChange } from './contract.ts'
import { getDomain, getLocked, present } from './domain.ts'
import { readSettings } from './input.ts'
import { makeKeys, storeKeys } from './key-pairs.ts'
import type { NewKey } from './keys.ts'
import { settingsOf } from './presentation.ts'
import { type DomainColumns, type DomainRow, noteDomain, updateDomain } from './queries.ts'
import { listRecords, removeKeysOf } from './records/queries.ts'
import { syncRecords } from './records/sync.ts'
import { stateAfter } from './state.ts'

const columnsOf = (row: DomainRow): DomainColumns => ({
  mode: row.mode as DomainColumns['mode'],
  return_path_label: row.return_path_label,
  tracking_label: row.tracking_label,
  ed25519: row.ed25519,
  dmarc: row.dmarc as DomainColumns['dmarc'],
  allowed_role_ids: row.allowed_role_ids,
  allowed_user_ids: row.allowed_user_ids,
})

/** Off: nothing leaves and nobody asks; on again: what the last check found counts until the next. */
const switchTo = async (
  trx: Trx,
  deps: Deps,
  row: DomainRow,
  disabled: boolean | undefined,
): Promise<DomainRow> => {
  const { account_id: accountId, id } = row
  if (disabled === undefined || disabled === (row.state === 'disabled')) return row
  if (disabled) {
    await enqueue(trx, 'sender_domain_lost', { account_id: accountId, id })
    return noteDomain(trx, accountId, id, { state: 'disabled', next_check_at: null })
  }
  if (row.generated_at === null) return noteDomain(trx, accountId, id, { state: 'draft' })
  const now = deps.clock.now()
  const records = await listRecords(trx, accountId, id)
  const held = row.verified_at !== null
  return noteDomain(trx, accountId, id, {
    state:
      stateAfter('pending', records, false, now) === 'authorized' && !held
        ? 'partial'
        : stateAfter('pending', records, false, now),
    next_check_at: nextCheckAt(row.generated_at, null, now),
  })
}

const changeKeys = async (
  trx: Trx,
  deps: Deps,
  row: DomainRow,
  ed25519: boolean,
  made: readonly NewKey[],
) => {
  if (ed25519 === row.ed25519) return
  if (ed25519) await storeKeys(trx, deps, row, made)
  else await removeKeysOf(trx, row.account_id, row.id, 'ed25519-sha256')
}

export const changeDomain = async (
  deps: Deps,
  actor: Actor,
  id: string,
  change: SenderDomainChange,
  ifMatch: number | null,
): Promise<SenderDomain> => {
  const { accountId } = actor
  const known = await inAccount(deps.db, accountId, (trx) => getDomain(trx, accountId, id))
  const { dkim_selector: selector } = known
  // Made before the row is locked: others wait for it.
  const made =
    change.dkim_key === 'rsa_2048_ed25519'
      ? await makeKeys(deps, accountId, { id, selector }, 'ed25519-sha256')
      : []
  return inAccount(deps.db, accountId, async (trx) => {
    const before = await getLocked(trx, accountId, id, ifMatch)
    const target = { accountId, name: before.domain, before: columnsOf(before) }
    const columns = await readSettings(trx, deps, target, change)
    await changeKeys(trx, deps, before, columns.ed25519, made)
    let row = await updateDomain(trx, accountId, id, columns)
    if (row.state !== 'draft' || change.generate === true) row = await syncRecords(trx, deps, row)
    row = await switchTo(trx, deps, row, change.disabled)
    const after = await present(trx, deps, row)
    await recordAct(trx, deps, actor, {
      action: 'sender_domain.changed',
      type: 'sender_domain',
      id,
      before: settingsOf(before),
      after: settingsOf(row),
    })
    return after
  })
}
