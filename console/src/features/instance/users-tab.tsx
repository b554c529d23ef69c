import { ActionIcon, Alert, Menu, Stack, Text } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import {
  listAccountUsers,
  type OperatedAccount,
  type OperatedUser,
} from '../../../../src/operator/accounts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { EnterDialog } from './enter-dialog.tsx'
import { ExceptionDialog, ResetDialog } from './help-dialogs.tsx'

type Help = 'enter' | 'reset' | 'exception'

const HelpMenu = ({
  user,
  onHelp,
}: {
  readonly user: OperatedUser
  readonly onHelp: (help: Help) => void
}) => {
  const { t } = useTexts()
  const name = `${user.first_name} ${user.last_name}`
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('instance.help-for', { name })}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onHelp('enter')} disabled={user.status !== 'active'}>
          {t('instance.enter')}
        </Menu.Item>
        <Menu.Item onClick={() => onHelp('reset')} disabled={user.status === 'invited'}>
          {t('instance.reset')}
        </Menu.Item>
        <Menu.Item onClick={() => onHelp('exception')} disabled={user.status !== 'active'}>
          {t('instance.exception')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const useColumns = (menu: ((user: OperatedUser) => React.ReactNode) | null): Column<OperatedUser>[] => {
  const { t } = useTexts()
  const columns: Column<OperatedUser>[] = [
    {
      id: 'name',
      header: t('instance.person'),
      fixed: true,
      cell: (user) => (
        <Stack gap={0}>
          <Text span size="sm" fw={550}>
            {user.first_name} {user.last_name}
          </Text>
          <Text span size="xs" c="dimmed">
            {user.login}
          </Text>
        </Stack>
      ),
    },
    {
      id: 'state',
      header: t('instance.state'),
      cell: (user) => <StatusBadge state={user.status} label={t(`users.state-${user.status}`)} />,
    },
    { id: 'roles', header: t('users.roles'), wide: true, cell: (user) => user.roles.join(', ') },
    {
      id: 'factors',
      header: t('users.second-factor'),
      wide: true,
      cell: (user) => t('instance.factors', { count: user.factors }),
    },
    {
      id: 'last',
      header: t('users.last-sign-in'),
      wide: true,
      cell: (user) => (user.last_sign_in_at === null ? t('users.never') : <Time at={user.last_sign_in_at} />),
    },
  ]
  return menu === null ? columns : [...columns, { id: 'menu', header: '', align: 'end', cell: menu }]
}

export const UsersTab = ({ account }: { readonly account: OperatedAccount }) => {
  const { t } = useTexts()
  const helps = useMay()('operator.support.enter')
  const [filters, setFilters] = useFilters('q')
  const [asked, setAsked] = useState<{ help: Help; user: OperatedUser } | null>(null)
  const pages = usePages(listAccountUsers, { params: { id: account.id }, query: { q: filters.q } })
  const menu = (user: OperatedUser) => <HelpMenu user={user} onHelp={(help) => setAsked({ help, user })} />
  const helped = asked === null ? null : { account, user: asked.user }
  const dialog = (help: Help) => ({
    helped: asked?.help === help ? helped : null,
    onClose: () => setAsked(null),
  })
  return (
    <Stack gap="md">
      <Alert color="gray">{t('instance.users-text')}</Alert>
      <DataTable
        id="instance-users"
        label={t('instance.tab-users')}
        columns={useColumns(helps ? menu : null)}
        pages={pages}
        rowKey={(user) => user.id}
        toolbar={
          <SearchField
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            placeholder={t('users.search')}
          />
        }
        empty={<EmptyState art={<People />} title={filters.q ? t('ui.no-match') : t('users.empty')} />}
      />
      <EnterDialog {...dialog('enter')} />
      <ResetDialog {...dialog('reset')} />
      <ExceptionDialog {...dialog('exception')} />
    </Stack>
  )
}
