import { ActionIcon, Menu } from '@mantine/core'
import {
  IconDots,
  IconLogout,
  IconMailForward,
  IconMailOff,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useMay, useSession } from '../../lib/session.ts'
import { nameOf } from './names.ts'
import { useUserActs } from './use-user-acts.ts'
import { type UserDialog, UserDialogs } from './user-dialogs.tsx'

type ItemsProps = { readonly user: User; readonly onAsk: (dialog: UserDialog) => void }

const Items = ({ user, onAsk }: ItemsProps) => {
  const { t } = useTexts()
  const { resend } = useUserActs(user)
  if (user.status === 'invited')
    return (
      <>
        <Menu.Item leftSection={<IconMailForward size={16} />} onClick={() => void resend()}>
          {t('users.resend')}
        </Menu.Item>
        <Menu.Item leftSection={<IconMailOff size={16} />} onClick={() => onAsk('withdraw')}>
          {t('users.withdraw')}
        </Menu.Item>
      </>
    )
  return (
    <>
      {user.sign_in_allowed ? (
        <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => onAsk('deactivate')}>
          {t('users.deactivate')}
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => onAsk('activate')}>
          {t('users.activate')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => onAsk('sign-out')}>
        {t('users.sign-out-everywhere')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => onAsk('delete')}>
        {t('ui.delete')}
      </Menu.Item>
    </>
  )
}

export const UserMenu = ({ user }: { readonly user: User }) => {
  const { t } = useTexts()
  const may = useMay()
  const session = useSession()
  const [dialog, setDialog] = useState<UserDialog | null>(null)
  const acts = may('account.users.manage') && session.user.id !== user.id
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={260}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('users.actions', { name: nameOf(user) })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/account/users/${user.id}`} leftSection={<IconPencil size={16} />}>
            {t('ui.edit')}
          </Menu.Item>
          {acts ? <Items user={user} onAsk={setDialog} /> : null}
        </Menu.Dropdown>
      </Menu>
      <UserDialogs user={user} dialog={dialog} onClose={() => setDialog(null)} />
    </>
  )
}
