import type { Role } from '../../../../src/security/roles/contract.ts'
import { listUsers, type User } from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { People } from '../../ui/illustrations.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { nameOf } from '../users/index.ts'

export const RolePeopleTab = ({ role }: { readonly role: Role }) => {
  const { t } = useTexts()
  const pages = usePages(listUsers, { query: { limit: 100, role_id: role.id } })
  const columns: Column<User>[] = [
    { id: 'name', header: t('users.name'), fixed: true, cell: nameOf },
    { id: 'email', header: t('users.email'), wide: true, cell: (user) => user.email },
    {
      id: 'state',
      header: t('users.state'),
      cell: (user) => <StatusBadge state={user.status} label={t(`users.state-${user.status}`)} />,
    },
  ]
  return (
    <DataTable
      id="role-people"
      label={t('roles.tab-people')}
      columns={columns}
      pages={pages}
      rowKey={(user) => user.id}
      rowTo={(user) => `/account/users/${user.id}/permissions`}
      empty={
        <EmptyState art={<People />} title={t('roles.nobody-holds')}>
          {t('roles.nobody-text')}
        </EmptyState>
      }
    />
  )
}
