import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, conflict } from '../http/errors.ts'
import { uuidV7 } from '../lib/ids.ts'
import { makeOwnershipToken, type Proof, proveAgainstHolder, takeOver } from './claims/claim.ts'
import type { NewSenderDomain, SenderDomain } from './contract.ts'
import { present } from './domain.ts'
import { readDomain, readSelector } from './domain-name.ts'
import { makeSelector, readSettings } from './input.ts'
import { makeKeys, storeKeys } from './key-pairs.ts'
import { settingsOf } from './presentation.ts'
import {
  countDomains,
  type DomainColumns,
  type DomainRow,
  findDomainByName,
  insertDomain,
  lockDomains,
} from './queries.ts'
import { syncRecords } from './records/sync.ts'

const domainsMax = 200

const refuseAdded = async (trx: Trx, accountId: string, domain: string): Promise<void> => {
  await lockDomains(trx, accountId)
  if (await findDomainByName(trx, accountId, domain)) throw conflict('duplicate')
  if ((await countDomains(trx, accountId)) >= domainsMax)
    throw new AppError('limit_reached', 403, '', { limit: domainsMax })
}

const insertNew = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  given: { domain: string; selector: string; id: string; columns: DomainColumns; proof: Proof | null },
): Promise<DomainRow> => {
  const { domain, selector, id, columns, proof } = given
  if (proof) await takeOver(trx, deps, accountId, domain, proof)
  return insertDomain(trx, accountId, {
    ...columns,
    id,
    domain,
    dkim_selector: selector,
    ownership_token: proof?.token ?? makeOwnershipToken(),
  })
}

export const addDomain = async (
  deps: Deps,
  actor: Actor,
  given: NewSenderDomain,
  now: Date,
): Promise<SenderDomain> => {
  const { accountId } = actor
  const domain = readDomain(given.domain)
  const selector = given.dkim_selector === undefined ? makeSelector() : readSelector(given.dkim_selector)
  const id = uuidV7(now)
  const columns = await inAccount(deps.db, accountId, async (trx) => {
    const read = await readSettings(trx, deps, { accountId, name: domain }, given)
    await refuseAdded(trx, accountId, domain)
    return read
  })
  const proof = await proveAgainstHolder(deps, accountId, domain)
  const keys = await makeKeys(deps, accountId, { id, selector }, 'rsa-sha256')
  if (columns.ed25519) keys.push(...(await makeKeys(deps, accountId, { id, selector }, 'ed25519-sha256')))
  return inAccount(deps.db, accountId, async (trx) => {
    await refuseAdded(trx, accountId, domain)
    let row = await insertNew(trx, deps, accountId, { domain, selector, id, columns, proof })
    await storeKeys(trx, deps, row, keys)
    if (given.generate !== false) row = await syncRecords(trx, deps, row)
    const added = await present(trx, deps, row)
    await recordAct(trx, deps, actor, {
      action: 'sender_domain.created',
      type: 'sender_domain',
      id,
      after: settingsOf(row),
    })
    return added
  })
}
