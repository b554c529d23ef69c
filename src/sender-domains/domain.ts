import { releaseDirectoryEntry } from '../accounts/index.ts'
import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { conflict, notFound, versionConflict } from '../http/errors.ts'
import { readIdPosition } from '../http/id-page.ts'
import { type PageQuery, pageLimit, toPage } from '../http/page.ts'
import type { SenderDomain } from './contract.ts'
import { settingsOf, toDomain, toItem } from './presentation.ts'
import { type DomainRow, findDomainRow, listDomainRows, lockDomainRow, removeDomain } from './queries.ts'
import { listKeys, listRecords } from './records/queries.ts'

/** Told by the features above: campaigns that count on the domain. */
export type DomainUse = { readonly type: string; readonly id: string; readonly name: string }
export type UsedBySource = (trx: Trx, accountId: string, domain: string) => Promise<readonly DomainUse[]>

export const present = async (trx: Trx, deps: Deps, row: DomainRow): Promise<SenderDomain> => {
  const { account_id: accountId, id } = row
  const records = await listRecords(trx, accountId, id)
  return toDomain(row, records, await listKeys(trx, accountId, id), deps.clock.now())
}

export const getDomain = async (trx: Trx, accountId: string, id: string): Promise<DomainRow> => {
  const row = await findDomainRow(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const getLocked = async (
  trx: Trx,
  accountId: string,
  id: string,
  ifMatch: number | null = null,
): Promise<DomainRow> => {
  const row = await lockDomainRow(trx, accountId, id)
  if (!row) throw notFound()
  if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
  return row
}

export const listDomains = (deps: Deps, actor: Actor, query: PageQuery, now: Date) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const limit = pageLimit(query)
    const after = readIdPosition(query, 'sender-domains', now)
    const rows = await listDomainRows(trx, actor.accountId, after, limit + 1)
    const items = []
    for (const row of rows)
      items.push(toItem(row, await listRecords(trx, actor.accountId, row.id), deps.clock.now()))
    return toPage(items, {
      limit,
      filter: 'sender-domains',
      now,
      present: (item) => item,
      position: (item) => [item.id],
    })
  })

export const readOne = (deps: Deps, actor: Actor, id: string): Promise<SenderDomain> =>
  inAccount(deps.db, actor.accountId, async (trx) =>
    present(trx, deps, await getDomain(trx, actor.accountId, id)),
  )

export const deleteDomain = (
  deps: Deps,
  actor: Actor,
  id: string,
  ifMatch: number | null,
  usedBy: UsedBySource,
): Promise<void> => {
  const { accountId } = actor
  return inAccount(deps.db, accountId, async (trx) => {
    const row = await getLocked(trx, accountId, id, ifMatch)
    const uses = await usedBy(trx, accountId, row.domain)
    if (uses.length > 0) throw conflict('domain_in_use', '', { used_in: uses })
    await removeDomain(trx, accountId, id)
    await releaseDirectoryEntry(trx, { kind: 'sender_domain', accountId, targetId: id })
    await recordAct(trx, deps, actor, {
      action: 'sender_domain.deleted',
      type: 'sender_domain',
      id,
      before: settingsOf(row),
    })
  })
}
