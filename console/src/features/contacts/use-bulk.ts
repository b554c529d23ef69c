import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import {
  bulkContacts,
  type ContactFilter,
  countContacts,
  listContacts,
} from '../../../../src/contacts/contract.ts'
import { listGroups } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { refresh } from '../../lib/queries.ts'

export type BulkTarget = {
  readonly keys: readonly string[]
  /** Everything the filter finds instead of the keys. */
  readonly filter: ContactFilter | null
  /** The number the person sees and confirms. */
  readonly count: number
}
export type BulkAction = 'group_add' | 'group_remove' | 'delete'

const idsMax = 1000

const portionsOf = (keys: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(keys.length / idsMax) }, (_, place) =>
    keys.slice(place * idsMax, (place + 1) * idsMax),
  )

/** Runs one action over the target; above 100 contacts the server answers with an operation. */
export const useBulk = ({ keys, filter, count }: BulkTarget) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const send = async (action: BulkAction, groupId: string | null) => {
    const shared = { action, ...(groupId === null ? {} : { params: { group_id: groupId } }) }
    if (filter !== null) {
      return [await call(bulkContacts, { body: { ...shared, filter, expected_count: count } })]
    }
    const replies = []
    for (const ids of portionsOf(keys)) {
      replies.push(await call(bulkContacts, { body: { ...shared, ids, expected_count: ids.length } }))
    }
    return replies
  }
  return async (action: BulkAction, groupId: string | null): Promise<void> => {
    try {
      const replies = await send(action, groupId)
      const done = replies.reduce((sum, reply) => sum + reply.count, 0)
      const inBackground = replies.some((reply) => reply.operation_id !== null)
      notifications.show({
        color: 'green',
        message: t(inBackground ? 'contacts.bulk-started' : 'contacts.bulk-done', { count: done }),
      })
    } catch (error) {
      // The set has changed since the count was shown: the dialogue says so and shows the new number.
      if (isProblem(error, 'revision_changed')) await refresh(client, countContacts)
      throw error
    }
    await refresh(client, listContacts, countContacts, listGroups)
  }
}
