import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { resendInvitation, revokeInvitation } from '../../../../src/security/invitations/contract.ts'
import {
  changeUser,
  deleteUser,
  endUserSessions,
  getUser,
  listUserSessions,
  listUsers,
  type User,
} from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { problemTitle } from '../../ui/error-state.tsx'
import { nameOf } from './names.ts'

/** What can be done with a person as a whole; each throws its refusal for the dialogue to show. */
export const useUserActs = (user: User) => {
  const texts = useTexts()
  const { t } = texts
  const client = useQueryClient()
  const params = { id: user.id }
  const name = nameOf(user)
  const done = async (message: string) => {
    notifications.show({ color: 'green', message })
    await refresh(client, listUsers, getUser, listUserSessions)
  }
  const invitation = { id: user.invitation_id ?? '' }
  return {
    resend: async () => {
      try {
        await call(resendInvitation, { params: invitation, body: {} })
        await done(t('users.resent', { email: user.email }))
      } catch (error) {
        notifications.show({ color: 'red', message: problemTitle(error, texts) })
      }
    },
    withdraw: async () => {
      await call(revokeInvitation, { params: invitation })
      await done(t('users.withdrawn'))
    },
    allowSignIn: async (allowed: boolean) => {
      await call(changeUser, { params, body: { sign_in_allowed: allowed } })
      await done(t(allowed ? 'users.activated' : 'users.deactivated', { name }))
    },
    signOut: async () => {
      await call(endUserSessions, { params })
      await done(t('users.signed-out', { name }))
    },
    remove: async (heir: string | null) => {
      await call(deleteUser, { params, query: { transfer_to: heir ?? undefined } })
      await done(t('users.deleted', { name }))
    },
  }
}
