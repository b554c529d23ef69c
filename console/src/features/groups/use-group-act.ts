import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import {
  archiveGroup,
  deleteGroup,
  type Group,
  getGroup,
  listGroups,
  restoreGroup,
} from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call, callWithEtag } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'

const say = (message: string) => notifications.show({ color: 'green', message })

/** What can be done with a whole group; each throws its refusal for the dialogue to show. */
export const useGroupActs = (group: Group) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const params = { id: group.id }
  return {
    archive: async () => {
      await call(archiveGroup, { params, body: {} })
      say(t('groups.archived', { name: group.name }))
      await refresh(client, listGroups, getGroup)
    },
    restore: async (name: string) => {
      await call(restoreGroup, { params, body: name.trim() === group.name ? {} : { name: name.trim() } })
      say(t('groups.restored', { name: name.trim() }))
      await refresh(client, listGroups, getGroup)
    },
    remove: async (withContacts: boolean) => {
      const { status } = await callWithEtag(deleteGroup, {
        params,
        query: { delete_contacts: withContacts ? true : undefined },
        ifMatch: group.version,
      })
      say(t(status === 202 ? 'groups.deleting' : 'groups.deleted', { name: group.name }))
      await navigate({ to: group.state === 'archived' ? '/contacts/groups/archive' : '/contacts/groups' })
      await refresh(client, listGroups)
    },
  }
}
