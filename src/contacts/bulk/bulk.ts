import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, invalidField } from '../../http/errors.ts'
import type { PermissionKey } from '../../http/permissions/contract.ts'
import { type RunningOperation, startOperation } from '../../operations/index.ts'
import type { ContactWork } from '../contact.ts'
import { toSearchFilter } from '../contact-list.ts'
import type { ContactFilter } from '../contract.ts'
import { countryOf } from '../keys.ts'
import { lockGroups } from '../members/queries.ts'
import type { SearchFilter } from '../queries.ts'
import { inAccountRetrying } from '../retry.ts'
import { actOnContacts, type BulkAct } from './act.ts'
import {
  countSelected,
  listExistingIds,
  listFoundIds,
  selectFound,
  selectIds,
  takeSelected,
} from './queries.ts'

/** Above this many contacts the work runs in the background (contacts.md §1). */
const actedAtOnceMax = 100
const chunkContacts = 2_000

export type BulkWish = {
  ids?: string[]
  filter?: ContactFilter
  action: 'group_add' | 'group_remove' | 'delete'
  params?: { group_id?: string }
  expected_count?: number
}

const permissionOf: Readonly<Record<BulkWish['action'], PermissionKey>> = {
  group_add: 'contacts.groups.edit',
  group_remove: 'contacts.groups.edit',
  delete: 'contacts.delete',
}

const readAct = async (trx: Trx, accountId: string, wish: BulkWish): Promise<BulkAct> => {
  if (wish.action === 'delete') {
    if (wish.params?.group_id !== undefined)
      throw invalidField('/params/group_id', 'unknown_field', 'deleting needs no group')
    return { act: 'delete' }
  }
  const groupId = wish.params?.group_id
  if (groupId === undefined) throw invalidField('/params/group_id', 'required', 'names the group')
  const [group] = await lockGroups(trx, accountId, [groupId])
  if (group?.state !== 'active') throw invalidField('/params/group_id', 'not_in_list', 'no such active group')
  return { act: wish.action, groupId }
}

type Chosen = { readonly ids: readonly string[]; readonly filter: SearchFilter | null }

/** One more id than is done at once tells that there are many. */
const choose = async (trx: Trx, accountId: string, wish: BulkWish): Promise<Chosen> => {
  if ((wish.ids === undefined) === (wish.filter === undefined))
    throw invalidField('', 'required', 'exactly one of ids and filter is needed')
  if (wish.ids !== undefined)
    return { ids: await listExistingIds(trx, accountId, [...new Set(wish.ids)]), filter: null }
  const filter = toSearchFilter(wish.filter ?? {}, await countryOf(trx, accountId))
  return { ids: await listFoundIds(trx, filter, actedAtOnceMax + 1), filter }
}

const checkCount = (wish: BulkWish, count: number): void => {
  if (wish.expected_count !== undefined && wish.expected_count !== count)
    throw conflict('revision_changed', '', { count })
}

/** One record for all of them: how they were chosen and how many they are. */
const recordBulk = (
  trx: Trx,
  work: ContactWork,
  wish: BulkWish,
  act: BulkAct,
  done: { count: number; operationId: string | null },
): Promise<void> =>
  recordAct(trx, work.deps, work.actor, {
    action: act.act === 'delete' ? 'contacts.bulk_deleted' : 'contacts.bulk_changed',
    type: 'contacts',
    id: null,
    after: {
      act: act.act,
      ...('groupId' in act ? { group_id: act.groupId } : {}),
      ...(wish.filter ? { filter: wish.filter } : { contact_ids: wish.ids }),
      contacts: done.count,
      operation_id: done.operationId,
    },
  })

const startInBackground = async (
  trx: Trx,
  work: ContactWork,
  wish: BulkWish,
  chosen: Chosen,
  act: BulkAct,
) => {
  const { accountId, userId } = work.actor
  const operationId = await startOperation(trx, work.deps, accountId, {
    type: act.act === 'delete' ? 'bulk_delete' : 'bulk_update',
    object: { type: 'contacts', id: null, name: null },
    params: { act: act.act, ...('groupId' in act ? { group_id: act.groupId } : {}) },
    startedBy: userId,
  })
  if (chosen.filter) await selectFound(trx, accountId, operationId, chosen.filter)
  else await selectIds(trx, accountId, operationId, chosen.ids)
  const count = await countSelected(trx, accountId, operationId)
  checkCount(wish, count)
  await recordBulk(trx, work, wish, act, { count, operationId })
  return { count, operation_id: operationId }
}

/** Acts at once on a few contacts, in the background on many; the set is the one found now, whatever changes later. */
export const actInBulk = (work: ContactWork, wish: BulkWish) =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const permission = permissionOf[wish.action]
    if (!work.actor.permissions.has(permission))
      throw new AppError('permission_denied', 403, '', { permission })
    const act = await readAct(trx, work.actor.accountId, wish)
    const chosen = await choose(trx, work.actor.accountId, wish)
    if (chosen.ids.length > actedAtOnceMax) return startInBackground(trx, work, wish, chosen, act)
    checkCount(wish, chosen.ids.length)
    if (chosen.ids.length > 0) await actOnContacts(trx, work.actor.accountId, chosen.ids, act)
    await recordBulk(trx, work, wish, act, { count: chosen.ids.length, operationId: null })
    return { count: chosen.ids.length, operation_id: null }
  })

const actOf = (params: Record<string, unknown>): BulkAct => {
  const groupId = String(params['group_id'] ?? '')
  switch (params['act']) {
    case 'group_add':
      return { act: 'group_add', groupId }
    case 'group_remove':
      return { act: 'group_remove', groupId }
    default:
      return { act: 'delete' }
  }
}

const numberIn = (record: Record<string, unknown>, name: string): number => {
  const value = record[name]
  return typeof value === 'number' ? value : 0
}

/** Works through the frozen set; chunk and mark commit together, so a killed worker's successor doubles nothing. */
export const runSelection = async (
  deps: Deps,
  operation: RunningOperation,
  act: BulkAct = actOf(operation.params),
): Promise<Record<string, unknown>> => {
  const { accountId, id } = operation
  let done = numberIn(operation.checkpoint, 'done')
  let changed = numberIn(operation.checkpoint, 'changed')
  const total = done + (await inAccount(deps.db, accountId, (trx) => countSelected(trx, accountId, id)))
  for (;;) {
    const step = await inAccountRetrying(deps.db, accountId, async (trx) => {
      const ids = await takeSelected(trx, accountId, id, chunkContacts)
      const acted = ids.length === 0 ? 0 : await actOnContacts(trx, accountId, ids, act)
      const progress = { done: done + ids.length, changed: changed + acted }
      await operation.advance(trx, { done: progress.done, total, checkpoint: progress })
      return { ...progress, last: ids.length === 0 }
    })
    done = step.done
    changed = step.changed
    if (step.last) return { contacts: done, changed }
  }
}
