import { Button, Group, Select, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { listRoles } from '../../../../src/security/roles/contract.ts'
import { listUsers, type User, userStates } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read, usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { nameOf, roleName } from './names.ts'
import { UserMenu } from './user-menu.tsx'

const useColumns = (): Column<User>[] => {
  const texts = useTexts()
  const { t } = texts
  return [
    { id: 'name', header: t('users.name'), fixed: true, cell: (user) => nameOf(user) },
    { id: 'email', header: t('users.email'), wide: true, cell: (user) => user.email },
    { id: 'phone', header: t('users.phone'), wide: true, hiddenAtFirst: true, cell: (user) => user.phone },
    {
      id: 'roles',
      header: t('users.roles'),
      wide: true,
      cell: (user) => user.roles.map((role) => roleName(role, texts)).join(', '),
    },
    {
      id: 'state',
      header: t('users.state'),
      cell: (user) => <StatusBadge state={user.status} label={t(`users.state-${user.status}`)} />,
    },
    {
      id: 'mfa',
      header: t('users.second-factor'),
      wide: true,
      cell: (user) => (
        <Text span size="sm" c={user.mfa_status === 'active' ? 'green' : 'dimmed'}>
          {t(`users.mfa-${user.mfa_status}`)}
        </Text>
      ),
    },
    {
      id: 'last',
      header: t('users.last-sign-in'),
      wide: true,
      cell: (user) => (user.last_sign_in_at === null ? t('users.never') : <Time at={user.last_sign_in_at} />),
    },
    {
      id: 'address',
      header: t('users.last-address'),
      wide: true,
      hiddenAtFirst: true,
      cell: (user) => user.last_address,
    },
    { id: 'menu', header: '', align: 'end', cell: (user) => <UserMenu user={user} /> },
  ]
}

type Filters = { readonly q?: string; readonly status?: string; readonly role?: string }
type ToolbarProps = {
  readonly filters: Filters
  readonly onChange: (change: Partial<Record<keyof Filters, string | undefined>>) => void
}

const Toolbar = ({ filters, onChange }: ToolbarProps) => {
  const texts = useTexts()
  const { t } = texts
  const may = useMay()
  const { data } = useQuery({
    ...read(listRoles, { query: { limit: 1000 } }),
    enabled: may('account.roles.view'),
  })
  return (
    <Group gap="sm">
      <SearchField value={filters.q} onChange={(q) => onChange({ q })} placeholder={t('users.search')} />
      <Select
        w={160}
        aria-label={t('users.state')}
        placeholder={t('users.all-states')}
        clearable
        value={filters.status ?? null}
        onChange={(status) => onChange({ status: status ?? undefined })}
        data={userStates.map((state) => ({ value: state, label: t(`users.state-${state}`) }))}
      />
      {data === undefined ? null : (
        <Select
          w={200}
          aria-label={t('users.roles')}
          placeholder={t('users.all-roles')}
          clearable
          searchable
          value={filters.role ?? null}
          onChange={(role) => onChange({ role: role ?? undefined })}
          data={data.data.map((role) => ({ value: role.id, label: roleName(role, texts) }))}
        />
      )}
    </Group>
  )
}

export const UserListPage = () => {
  const { t } = useTexts()
  const may = useMay()
  const [filters, setFilters] = useFilters('q', 'status', 'role')
  const [opened, dialog] = useDisclosure(false)
  const status = userStates.find((state) => state === filters.status)
  const pages = usePages(listUsers, { query: { limit: 100, q: filters.q, status, role_id: filters.role } })
  const searched = Object.keys(filters).length > 0
  return (
    <Page
      title={t('users.title')}
      purpose={t('users.purpose')}
      action={
        may('account.users.manage') ? (
          <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            {t('users.invite')}
          </Button>
        ) : null
      }
    >
      <DataTable
        id="users"
        label={t('users.title')}
        columns={useColumns()}
        pages={pages}
        rowKey={(user) => user.id}
        rowTo={(user) => `/account/users/${user.id}`}
        toolbar={<Toolbar filters={filters} onChange={setFilters} />}
        empty={
          <EmptyState art={<People />} title={searched ? t('ui.no-match') : t('users.empty')}>
            {searched ? null : t('users.empty-text')}
          </EmptyState>
        }
      />
      <InviteDialog opened={opened} onClose={dialog.close} />
    </Page>
  )
}
