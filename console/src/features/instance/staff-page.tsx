import { Button, Stack, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listStaff, removeStaff, type StaffMember } from '../../../../src/operator/staff/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh, usePages } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { People } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { InviteStaffDialog } from './invite-staff-dialog.tsx'

const nameOf = (member: StaffMember): string => `${member.first_name} ${member.last_name}`

const useColumns = (onRemove: (member: StaffMember) => void): Column<StaffMember>[] => {
  const { t } = useTexts()
  const { user } = useSession()
  return [
    {
      id: 'name',
      header: t('instance.person'),
      fixed: true,
      cell: (member) => (
        <Stack gap={0}>
          <Text span size="sm" fw={550}>
            {nameOf(member)}
          </Text>
          <Text span size="xs" c="dimmed">
            {member.login} · {member.email}
          </Text>
        </Stack>
      ),
    },
    {
      id: 'state',
      header: t('instance.state'),
      cell: (member) => <StatusBadge state={member.status} label={t(`users.state-${member.status}`)} />,
    },
    {
      id: 'rights',
      header: t('instance.rights'),
      wide: true,
      cell: (member) => (
        <Tooltip multiline maw={420} label={member.permissions.join(', ')}>
          <span>{t('api-keys.scopes-count', { count: member.permissions.length })}</span>
        </Tooltip>
      ),
    },
    {
      id: 'factors',
      header: t('users.second-factor'),
      wide: true,
      cell: (member) => t('instance.factors', { count: member.factors.length }),
    },
    {
      id: 'last',
      header: t('users.last-sign-in'),
      wide: true,
      cell: (member) =>
        member.last_sign_in_at === null ? t('users.never') : <Time at={member.last_sign_in_at} />,
    },
    {
      id: 'menu',
      header: '',
      align: 'end',
      cell: (member) =>
        member.id === user.id ? null : (
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => onRemove(member)}>
            {t('instance.remove')}
          </Button>
        ),
    },
  ]
}

export const StaffPage = () => {
  const { t } = useTexts()
  const client = useQueryClient()
  const pages = usePages(listStaff)
  const [opened, dialog] = useDisclosure(false)
  const [leaving, setLeaving] = useState<StaffMember | null>(null)
  const name = leaving === null ? '' : nameOf(leaving)
  const remove = async () => {
    if (leaving === null) return
    await call(removeStaff, { params: { id: leaving.id } })
    notifications.show({ color: 'green', message: t('instance.removed', { name }) })
    await refresh(client, listStaff)
  }
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
      {t('instance.invite-staff')}
    </Button>
  )
  return (
    <Page title={t('instance.staff')} purpose={t('instance.staff-purpose')} action={add}>
      <DataTable
        id="instance-staff"
        label={t('instance.staff')}
        columns={useColumns(setLeaving)}
        pages={pages}
        rowKey={(member) => member.id}
        empty={<EmptyState art={<People />} title={t('instance.staff-empty')} />}
      />
      <InviteStaffDialog opened={opened} onClose={dialog.close} />
      <ConfirmDialog
        opened={leaving !== null}
        onClose={() => setLeaving(null)}
        title={t('instance.remove-title', { name })}
        losses={[t('instance.remove-loss-sessions'), t('instance.remove-loss-entered')]}
        action={t('instance.remove')}
        onConfirm={remove}
      />
    </Page>
  )
}
