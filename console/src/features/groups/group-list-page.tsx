import { Button, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { type Group, listGroups } from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Figure, Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { PageTabs } from '../../ui/page-tabs.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { GroupDrawer } from './group-drawer.tsx'
import { GroupMark } from './group-mark.tsx'

const useColumns = (): Column<Group>[] => {
  const { t } = useTexts()
  return [
    {
      id: 'name',
      header: t('groups.name'),
      fixed: true,
      cell: (group) => <GroupMark name={group.name} colour={group.colour} />,
    },
    {
      id: 'members',
      header: t('groups.members'),
      align: 'end',
      cell: (group) => <Figure value={group.member_count} />,
    },
    {
      id: 'description',
      header: t('groups.description'),
      wide: true,
      cell: (group) => (
        <Text span size="sm" c="dimmed">
          {group.description}
        </Text>
      ),
    },
    {
      id: 'last-import',
      header: t('groups.last-import'),
      wide: true,
      cell: (group) => <Time at={group.last_import_at} />,
    },
    {
      id: 'created',
      header: t('groups.created'),
      wide: true,
      cell: (group) => <Time at={group.created_at} />,
    },
    {
      id: 'external-id',
      header: t('groups.external-id'),
      wide: true,
      hiddenAtFirst: true,
      cell: (group) => group.external_id,
    },
  ]
}

type EmptyProps = { readonly archived: boolean; readonly searched: boolean; readonly add: React.ReactNode }

const Empty = ({ archived, searched, add }: EmptyProps) => {
  const { t } = useTexts()
  if (searched) return <EmptyState art={<People />} title={t('ui.no-match')} />
  if (archived) return <EmptyState art={<People />} title={t('groups.archive-empty')} />
  return (
    <EmptyState art={<People />} title={t('groups.empty')} action={add}>
      {t('groups.empty-text')}
    </EmptyState>
  )
}

export const GroupListPage = () => {
  const { t } = useTexts()
  const may = useMay()
  const navigate = useNavigate()
  const archived = useLocation().pathname.endsWith('/archive')
  const [filters, setFilters] = useFilters('q')
  const [opened, drawer] = useDisclosure(false)
  const pages = usePages(listGroups, {
    query: { limit: 100, state: archived ? 'archived' : 'active', q: filters.q },
  })
  useLive('group', listGroups)
  const add = may('contacts.groups.edit') ? (
    <Button leftSection={<IconPlus size={16} />} onClick={drawer.open}>
      {t('groups.new')}
    </Button>
  ) : null
  return (
    <Page title={t('groups.title')} purpose={t('groups.purpose')} action={add}>
      <PageTabs
        label={t('groups.title')}
        tabs={[
          { to: '/contacts/groups', label: t('groups.tab-active') },
          { to: '/contacts/groups/archive', label: t('groups.tab-archive') },
        ]}
      />
      <DataTable
        id="groups"
        label={t('groups.title')}
        columns={useColumns()}
        pages={pages}
        rowKey={(group) => group.id}
        rowTo={(group) => `/contacts/groups/${group.id}`}
        toolbar={
          <SearchField
            value={filters.q}
            onChange={(q) => setFilters({ q })}
            placeholder={t('groups.search')}
          />
        }
        empty={<Empty archived={archived} searched={filters.q !== undefined} add={add} />}
      />
      <GroupDrawer
        opened={opened}
        onClose={drawer.close}
        onSaved={(group) => void navigate({ to: `/contacts/groups/${group.id}` })}
      />
    </Page>
  )
}
