import { Select, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { listUsers, type User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { nameOf } from './names.ts'
import { useUserActs } from './use-user-acts.ts'

export type UserDialog = 'deactivate' | 'activate' | 'sign-out' | 'withdraw' | 'delete'
type Props = { readonly user: User; readonly dialog: UserDialog | null; readonly onClose: () => void }

/** On the page of the person who is gone there is nothing left to see. */
const useLeave = () => {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  return async () => {
    if (pathname !== '/account/users') await navigate({ to: '/account/users' })
  }
}

const DeleteUser = ({ user, dialog, onClose }: Props) => {
  const { t } = useTexts()
  const session = useSession()
  const leave = useLeave()
  const { remove } = useUserActs(user)
  const [heir, setHeir] = useState<string | null>(null)
  const opened = dialog === 'delete'
  const { data } = useQuery({
    ...read(listUsers, { query: { limit: 1000, status: 'active' } }),
    enabled: opened,
  })
  const others = (data?.data ?? []).filter((one) => one.id !== user.id && one.id !== session.user.id)
  const name = nameOf(user)
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      title={t('users.delete-title', { name })}
      losses={[t('users.delete-loss-sessions'), t('users.delete-loss-factors'), t('users.delete-loss-keys')]}
      typed={user.login}
      action={t('ui.delete')}
      onConfirm={async () => {
        await remove(heir)
        await leave()
      }}
    >
      <Text size="sm">{t('users.delete-text')}</Text>
      <Select
        mt="md"
        label={t('users.transfer-to')}
        placeholder={t('users.transfer-me')}
        clearable
        searchable
        value={heir}
        onChange={setHeir}
        data={others.map((one) => ({ value: one.id, label: nameOf(one) }))}
      />
    </ConfirmDialog>
  )
}

export const UserDialogs = (props: Props) => {
  const { user, dialog, onClose } = props
  const { t } = useTexts()
  const acts = useUserActs(user)
  const leave = useLeave()
  const name = nameOf(user)
  const shared = { onClose, danger: true }
  return (
    <>
      <ConfirmDialog
        {...shared}
        opened={dialog === 'deactivate'}
        title={t('users.deactivate-title', { name })}
        action={t('users.deactivate')}
        onConfirm={() => acts.allowSignIn(false)}
      >
        {t('users.deactivate-text', { name })}
      </ConfirmDialog>
      <ConfirmDialog
        {...shared}
        danger={false}
        opened={dialog === 'activate'}
        title={t('users.activate')}
        action={t('users.activate')}
        onConfirm={() => acts.allowSignIn(true)}
      >
        {name}
      </ConfirmDialog>
      <ConfirmDialog
        {...shared}
        opened={dialog === 'sign-out'}
        title={t('users.sign-out-title', { name })}
        action={t('users.sign-out-everywhere')}
        onConfirm={acts.signOut}
      >
        {t('users.sign-out-text')}
      </ConfirmDialog>
      <ConfirmDialog
        {...shared}
        opened={dialog === 'withdraw'}
        title={t('users.withdraw-title', { name })}
        action={t('users.withdraw')}
        onConfirm={async () => {
          await acts.withdraw()
          await leave()
        }}
      >
        {t('users.withdraw-text', { email: user.email })}
      </ConfirmDialog>
      <DeleteUser {...props} />
    </>
  )
}
