import { entitledNumber } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { AppError, conflict, invalidField, notFound, versionConflict } from '../../http/errors.ts'
import { type PageQuery, pageLimit, readPosition, readTimePosition, toPage } from '../../http/page.ts'
import { isUuid, uuidV7 } from '../../lib/ids.ts'
import { notify } from '../../live/index.ts'
import type { ContactWork } from '../contact.ts'
import { inAccountRetrying } from '../retry.ts'
import type { Use, UsedInSource } from '../used-in.ts'
import { readAddressable } from './addressable.ts'
import type { Group, GroupChange, NewGroup } from './contract.ts'
import {
  countGroups,
  findGroup,
  findTaken,
  type GroupFilter,
  type GroupRow,
  type GroupValues,
  insertGroup,
  listGroupRows,
  lockGroup,
  lockGroupLimit,
  updateGroup,
} from './queries.ts'

export type GroupWork = ContactWork & { readonly usedIn: UsedInSource }

const toGroup = (row: GroupRow, uses: readonly Use[], addressable: Group['addressable']): Group => ({
  id: row.id,
  name: row.name,
  external_id: row.external_id,
  description: row.description,
  folder: row.folder,
  colour: row.colour as Group['colour'],
  visibility: row.visibility as Group['visibility'],
  require_consent: row.require_consent,
  public_texts: row.public_texts as Group['public_texts'],
  opt_in: row.opt_in as Group['opt_in'],
  state: row.state as Group['state'],
  member_count: row.member_count,
  addressable,
  used_in: uses.map(({ type, id, name }) => ({ type, id, name })),
  last_import_at: row.last_import_at?.toISOString() ?? null,
  archived_at: row.archived_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

export const presentGroup = async (trx: Trx, work: GroupWork, row: GroupRow): Promise<Group> => {
  const uses = await work.usedIn(trx, work.actor.accountId, { type: 'group', key: row.id })
  return toGroup(row, uses, await readAddressable(trx, work.deps.keys, work.actor.accountId, row))
}

export const recordGroup = (
  trx: Trx,
  work: GroupWork,
  action: 'group.created' | 'group.changed' | 'group.archived' | 'group.restored' | 'group.deleted',
  before: GroupRow | null,
  after: GroupRow | null,
): Promise<void> =>
  recordAct(trx, work.deps, work.actor, {
    action,
    type: 'group',
    id: (after ?? before)?.id ?? null,
    before: before && toGroup(before, [], null),
    after: after && toGroup(after, [], null),
  })

export const listGroupPage = (
  work: GroupWork,
  query: PageQuery & { state?: string; visibility?: string; q?: string; sort?: '-created_at' | 'name' },
) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const sort = query.sort ?? '-created_at'
    const words = (query.q ?? '').split(/\s+/).filter(Boolean).slice(0, 8)
    const filter: GroupFilter = {
      ...(query.state ? { state: query.state } : {}),
      ...(query.visibility ? { visibility: query.visibility } : {}),
      words,
    }
    const bound = ['groups', filter, sort]
    const limit = pageLimit(query)
    const after =
      sort === 'name' ? namePosition(query, bound, work.now) : readTimePosition(query, bound, work.now)
    const rows = await listGroupRows(trx, work.actor.accountId, { filter, sort, after, limit: limit + 1 })
    return toPage(rows, {
      limit,
      filter: bound,
      now: work.now,
      position: (row) => [sort === 'name' ? row.sort_name : row.created_at.toISOString(), row.id],
      present: (row) => toGroup(row, [], null),
    })
  })

const namePosition = (query: PageQuery, bound: unknown, now: Date) => {
  const position = readPosition(query, bound, now)
  if (position && !(typeof position[0] === 'string' && isUuid(String(position[1]))))
    throw new AppError('invalid_cursor', 400)
  return position
}

const toValues = (given: GroupChange): GroupValues => {
  const { public_texts, ...plain } = given
  return { ...plain, ...(public_texts === undefined ? {} : { public_texts: JSON.stringify(public_texts) }) }
}

/** Consent and public texts belong to topics, and only public groups are topics (contacts.md §3). */
const checkTopic = (visibility: string, requireConsent: boolean): void => {
  if (requireConsent && visibility !== 'public')
    throw invalidField('/require_consent', 'not_in_list', 'is for public groups only')
}

export const refuseTaken = async (
  trx: Trx,
  accountId: string,
  keys: { name?: string | undefined; externalId?: string | null | undefined },
  exceptId: string | null,
): Promise<void> => {
  const taken = await findTaken(trx, accountId, keys, exceptId)
  if (taken === 'name') throw conflict('name_taken')
  if (taken === 'external_id') throw conflict('duplicate_external_id')
}

const checkLimit = async (trx: Trx, work: GroupWork): Promise<void> => {
  await lockGroupLimit(trx, work.actor.accountId)
  const limit = entitledNumber(work.actor.entitlements, 'limit.groups')
  const used = await countGroups(trx, work.actor.accountId)
  if (used >= limit) throw new AppError('limit_reached', 403, '', { limit_key: 'limit.groups', limit, used })
}

export const addGroup = (work: GroupWork, body: NewGroup): Promise<Group> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    checkTopic(body.visibility ?? 'private', body.require_consent ?? false)
    await checkLimit(trx, work)
    await refuseTaken(trx, accountId, { name: body.name, externalId: body.external_id }, null)
    const row = await insertGroup(trx, accountId, {
      ...toValues(body),
      name: body.name,
      id: uuidV7(work.now),
    })
    await notify(trx, accountId, 'group', row.id)
    const after = await presentGroup(trx, work, row)
    await recordGroup(trx, work, 'group.created', null, row)
    return after
  })

export const readGroup = (work: GroupWork, id: string): Promise<Group> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await findGroup(trx, work.actor.accountId, id)
    if (!row) throw notFound()
    return presentGroup(trx, work, row)
  })

export const editGroup = (
  work: GroupWork,
  id: string,
  body: GroupChange,
  ifMatch: number | null,
): Promise<Group> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const present = await lockGroup(trx, accountId, id)
    if (!present) throw notFound()
    if (ifMatch !== null && ifMatch !== present.version) throw versionConflict()
    checkTopic(body.visibility ?? present.visibility, body.require_consent ?? present.require_consent)
    await refuseTaken(trx, accountId, { name: body.name, externalId: body.external_id }, id)
    const row = await updateGroup(trx, accountId, id, toValues(body))
    await notify(trx, accountId, 'group', id)
    const after = await presentGroup(trx, work, row)
    await recordGroup(trx, work, 'group.changed', present, row)
    return after
  })
