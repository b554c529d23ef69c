import { Button, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUserMinus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Group,
  getGroup,
  listGroups,
  listMembers,
  type Member,
  removeMembers,
} from '../../../../src/contacts/groups/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { useLive } from '../../lib/events.ts'
import { refresh, usePages } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { useMay } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { MemberStateFilter } from './member-state-filter.tsx'

const nameOf = (member: Member): string =>
  [member.first_name, member.last_name].filter((part) => part !== null && part !== '').join(' ')

const useColumns = (): Column<Member>[] => {
  const { t, find } = useTexts()
  return [
    {
      id: 'contact',
      header: t('groups.contact'),
      fixed: true,
      cell: (member) => nameOf(member) || member.email || member.phone || member.external_id,
    },
    { id: 'email', header: t('groups.email'), wide: true, cell: (member) => member.email },
    { id: 'phone', header: t('groups.phone'), wide: true, cell: (member) => member.phone },
    {
      id: 'state',
      header: t('groups.state'),
      cell: (member) => (
        <StatusBadge
          state={member.state === 'member' ? 'active' : member.state}
          label={t(`groups.member-${member.state}`)}
        />
      ),
    },
    {
      id: 'joined',
      header: t('groups.joined'),
      wide: true,
      cell: (member) => <Time at={member.left_at ?? member.joined_at} />,
    },
    {
      id: 'source',
      header: t('groups.source'),
      wide: true,
      cell: (member) => (
        <Text span size="sm" c="dimmed">
          {find('contacts', `source-${member.source}`) ?? member.source}
        </Text>
      ),
    },
  ]
}

type RemovalProps = { readonly group: Group; readonly keys: readonly string[]; readonly clear: () => void }

const Removal = ({ group, keys, clear }: RemovalProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const remove = async () => {
    const { accepted } = await call(removeMembers, {
      params: { id: group.id },
      body: { items: keys.map((contact_id) => ({ contact_id })) },
    })
    notifications.show({ color: 'green', message: t('groups.removed', { count: accepted }) })
    clear()
    await refresh(client, listMembers, getGroup, listGroups)
  }
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconUserMinus size={14} />}
        onClick={() => setAsking(true)}
      >
        {t('groups.remove')}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('groups.remove-title', { count: keys.length, name: group.name })}
        action={t('groups.remove')}
        onConfirm={remove}
      >
        {t('groups.remove-text')}
      </ConfirmDialog>
    </>
  )
}

/** The table of members, with removal of the ticked ones. */
export const GroupMembers = ({ group }: { readonly group: Group }) => {
  const { t } = useTexts()
  const may = useMay()
  const [filters, setFilters] = useFilters('state')
  const state = (['pending', 'left'] as const).find((one) => one === filters.state)
  const pages = usePages(listMembers, { params: { id: group.id }, query: { limit: 100, state } })
  useLive('group', listMembers)
  const removable = group.state === 'active' && may('contacts.groups.edit')
  return (
    <DataTable
      id="group-members"
      label={t('groups.members')}
      columns={useColumns()}
      pages={pages}
      rowKey={(member) => member.contact_id}
      rowTo={(member) => `/contacts/${member.contact_id}`}
      toolbar={<MemberStateFilter value={state} onChange={(next) => setFilters({ state: next })} />}
      {...(removable ? { bulk: (keys, clear) => <Removal group={group} keys={keys} clear={clear} /> } : {})}
      empty={
        <EmptyState art={<People />} title={t(state === undefined ? 'groups.no-members' : 'ui.no-match')}>
          {state === undefined ? t('groups.no-members-text') : null}
        </EmptyState>
      }
    />
  )
}
