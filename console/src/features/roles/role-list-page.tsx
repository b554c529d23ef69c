import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsLeftRight, IconPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { listRoles, type Role } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Figure } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { roleName } from '../users/index.ts'
import { RoleDialog } from './role-dialog.tsx'

const useColumns = (): Column<Role>[] => {
  const texts = useTexts()
  const { t, find } = texts
  return [
    { id: 'name', header: t('roles.name'), fixed: true, cell: (role) => roleName(role, texts) },
    {
      id: 'about',
      header: t('roles.kind'),
      wide: true,
      cell: (role) => (
        <Text span size="sm" c="dimmed">
          {role.key === null ? t('roles.own') : find('roles', `about-${role.key}`)}
        </Text>
      ),
    },
    {
      id: 'rights',
      header: t('roles.rights'),
      align: 'end',
      cell: (role) => <Figure value={role.permissions.length} />,
    },
    { id: 'users', header: t('roles.holders'), align: 'end', cell: (role) => <Figure value={role.users} /> },
  ]
}

export const RoleListPage = () => {
  const { t } = useTexts()
  const may = useMay()
  const [opened, dialog] = useDisclosure(false)
  const pages = usePages(listRoles, { query: { limit: 1000 } })
  return (
    <Page
      title={t('roles.title')}
      purpose={t('roles.purpose')}
      action={
        <>
          <Button
            component={Link}
            to="/account/roles/compare"
            variant="default"
            leftSection={<IconArrowsLeftRight size={16} />}
          >
            {t('roles.compare')}
          </Button>
          {may('account.roles.manage') ? (
            <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
              {t('roles.new')}
            </Button>
          ) : null}
        </>
      }
    >
      <DataTable
        id="roles"
        label={t('roles.title')}
        columns={useColumns()}
        pages={pages}
        rowKey={(role) => role.id}
        rowTo={(role) => `/account/roles/${role.id}`}
        empty={<EmptyState art={<People />} title={t('roles.title')} />}
      />
      <RoleDialog opened={opened} onClose={dialog.close} permissions={[]} name="" />
    </Page>
  )
}
