import type { Trx } from '../../db/pool.ts'
import { notify } from '../../live/index.ts'
import { addToGroups, listGroupIdsOf, lockGroups, removeFromGroups } from '../members/queries.ts'
import { deleteContacts } from '../queries.ts'

export type BulkAct =
  | { readonly act: 'group_add'; readonly groupId: string }
  | { readonly act: 'group_remove'; readonly groupId: string }
  | { readonly act: 'delete' }

/** Acts on these contacts in one transaction; answers for how many something changed. */
export const actOnContacts = async (
  trx: Trx,
  accountId: string,
  ids: readonly string[],
  wish: BulkAct,
): Promise<number> => {
  if (wish.act === 'delete') {
    const groups = await listGroupIdsOf(trx, accountId, ids)
    await lockGroups(trx, accountId, groups)
    const gone = await deleteContacts(trx, accountId, ids)
    for (const group of groups) await notify(trx, accountId, 'group', group)
    await notify(trx, accountId, 'contact')
    return gone
  }
  const [group] = await lockGroups(trx, accountId, [wish.groupId])
  // The group may have gone between the confirmation and this chunk; then nothing is left to do.
  if (!group) return 0
  const changed =
    wish.act === 'group_add'
      ? await addToGroups(trx, accountId, [wish.groupId], ids, 'manual')
      : await removeFromGroups(trx, accountId, [wish.groupId], ids)
  await notify(trx, accountId, 'group', wish.groupId)
  return changed.length
}
