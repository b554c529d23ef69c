import { Badge, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Sender } from '../../../../src/senders/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import type { Column } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

export const senderColumns = (
  { t }: Texts,
  menu: ((sender: Sender) => ReactNode) | null,
): readonly Column<Sender>[] => [
  {
    id: 'name',
    header: t('senders.name'),
    fixed: true,
    cell: (sender) => (
      <Group gap="xs" wrap="nowrap">
        <Text span size="sm" fw={550} truncate>
          {sender.name}
        </Text>
        {sender.default ? (
          <Badge variant="light" color="indigo" radius="sm" tt="none" flex="none">
            {t('senders.is-default')}
          </Badge>
        ) : null}
      </Group>
    ),
  },
  { id: 'email', header: t('senders.email'), cell: (sender) => sender.email },
  {
    id: 'reply-to',
    header: t('senders.reply-to'),
    wide: true,
    cell: (sender) =>
      sender.reply_to ?? (
        <Text span size="sm" c="dimmed">
          {t('senders.same-address')}
        </Text>
      ),
  },
  {
    id: 'state',
    header: t('senders.state'),
    wide: true,
    cell: (sender) => (
      <StatusBadge
        state={sender.state === 'verified' ? 'active' : sender.state === 'blocked' ? 'failed' : 'held'}
        label={t(`senders.state-${sender.state}`)}
      />
    ),
  },
  ...(menu === null
    ? []
    : [
        {
          id: 'menu',
          header: t('ui.actions'),
          fixed: true,
          align: 'end',
          cell: menu,
        } as const satisfies Column<Sender>,
      ]),
]
