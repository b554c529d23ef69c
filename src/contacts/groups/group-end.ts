import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, notFound, versionConflict } from '../../http/errors.ts'
import { notify } from '../../live/index.ts'
import { type RunningOperation, startOperation } from '../../operations/index.ts'
import { runSelection } from '../bulk/bulk.ts'
import { selectOnlyInGroup } from '../bulk/queries.ts'
import { inAccountRetrying } from '../retry.ts'
import type { Group } from './contract.ts'
import { type GroupWork, presentGroup, recordGroup, refuseTaken } from './group.ts'
import { deleteMemberChunk, type GroupRow, lockGroup, updateGroup } from './queries.ts'

/** Above this many members a deletion runs in the background (contacts.md §3). */
const deletedAtOnceMax = 1_000
const chunkMembers = 10_000

const getLocked = async (trx: Trx, work: GroupWork, id: string): Promise<GroupRow> => {
  const row = await lockGroup(trx, work.actor.accountId, id)
  if (!row) throw notFound()
  return row
}

const refuseUsed = async (trx: Trx, work: GroupWork, id: string): Promise<void> => {
  const uses = await work.usedIn(trx, work.actor.accountId, { type: 'group', key: id })
  const blocking = uses.filter((use) => use.blocking)
  if (blocking.length > 0)
    throw conflict('group_in_use', '', {
      used_in: blocking.map(({ type, id: of, name }) => ({ type, id: of, name })),
    })
}

export const archive = (work: GroupWork, id: string): Promise<Group> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const present = await getLocked(trx, work, id)
    if (present.state === 'archived') return presentGroup(trx, work, present)
    await refuseUsed(trx, work, id)
    const row = await updateGroup(trx, work.actor.accountId, id, { state: 'archived' })
    await notify(trx, work.actor.accountId, 'group', id)
    const after = await presentGroup(trx, work, row)
    await recordGroup(trx, work, 'group.archived', present, row)
    return after
  })

export const restore = (work: GroupWork, id: string, name: string | undefined): Promise<Group> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const present = await getLocked(trx, work, id)
    if (name !== undefined) await refuseTaken(trx, work.actor.accountId, { name }, id)
    if (present.state === 'active' && name === undefined) return presentGroup(trx, work, present)
    const row = await updateGroup(trx, work.actor.accountId, id, {
      state: 'active',
      ...(name === undefined ? {} : { name }),
    })
    await notify(trx, work.actor.accountId, 'group', id)
    const after = await presentGroup(trx, work, row)
    await recordGroup(trx, work, 'group.restored', present, row)
    return after
  })

const startDeletion = async (
  trx: Trx,
  work: GroupWork,
  group: GroupRow,
  withContacts: boolean,
): Promise<string> => {
  const { accountId } = work.actor
  const operationId = await startOperation(trx, work.deps, accountId, {
    type: 'group_delete',
    object: { type: 'group', id: group.id, name: group.name },
    params: { group_id: group.id, delete_contacts: withContacts },
    startedBy: work.actor.userId,
  })
  if (withContacts) await selectOnlyInGroup(trx, accountId, operationId, group.id)
  return operationId
}

/** Answers the operation's id when members or contacts go in the background. The row stays: reports keep its name. */
export const removeGroup = (
  work: GroupWork,
  given: { id: string; deleteContacts: boolean; ifMatch: number | null },
): Promise<string | null> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const { id, deleteContacts } = given
    if (deleteContacts && !work.actor.permissions.has('contacts.delete'))
      throw new AppError('permission_denied', 403, '', { permission: 'contacts.delete' })
    const group = await getLocked(trx, work, id)
    if (given.ifMatch !== null && given.ifMatch !== group.version) throw versionConflict()
    if (group.state === 'active' && group.member_count > 0)
      throw conflict('group_in_use', 'Archive the group first, or remove its members.')
    await refuseUsed(trx, work, id)
    const inBackground = deleteContacts || group.member_count > deletedAtOnceMax
    const operationId = inBackground ? await startDeletion(trx, work, group, deleteContacts) : null
    if (!inBackground) await deleteMemberChunk(trx, accountId, id, 1_000_000)
    await updateGroup(trx, accountId, id, { state: 'deleted' })
    await notify(trx, accountId, 'group', id)
    await recordGroup(trx, work, 'group.deleted', group, null)
    return operationId
  })

/** First the contacts that were in no other group, then the memberships that are left. */
export const runGroupDelete = async (
  deps: Deps,
  operation: RunningOperation,
): Promise<Record<string, unknown>> => {
  const groupId = String(operation.params['group_id'])
  const deleted = operation.params['delete_contacts']
    ? await runSelection(deps, operation, { act: 'delete' })
    : { contacts: 0, changed: 0 }
  let members = 0
  for (;;) {
    const gone = await inAccount(deps.db, operation.accountId, (trx) =>
      deleteMemberChunk(trx, operation.accountId, groupId, chunkMembers),
    )
    members += gone
    if (gone === 0) return { contacts: deleted['changed'], members }
    await inAccount(deps.db, operation.accountId, (trx) => operation.advance(trx, {}))
  }
}
