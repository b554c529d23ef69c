import { Badge, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Sender } from '../../../../src/senders/contract.ts'
import type { Texts } from '../../i18n/message.ts'
import { useTexts } from '../../i18n/texts.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Words, colour and explanation of what a sender may be used for. */
const standing = (sender: Sender, authorized: ReadonlySet<string>) => {
  if (sender.state === 'blocked')
    return { state: 'failed', word: 'senders.state-blocked', hint: null } as const
  if (sender.state === 'pending')
    return { state: 'held', word: 'senders.state-pending', hint: 'senders.pending-text' } as const
  return sender.domain_id !== null && authorized.has(sender.domain_id)
    ? ({ state: 'active', word: 'senders.state-verified', hint: null } as const)
    : ({ state: 'planned', word: 'senders.state-tests', hint: 'senders.tests-text' } as const)
}

const Standing = ({ sender, authorized }: { sender: Sender; authorized: ReadonlySet<string> }) => {
  const { t } = useTexts()
  const { state, word, hint } = standing(sender, authorized)
  return (
    <Stack gap={2} maw={360}>
      <StatusBadge state={state} label={t(word)} />
      {hint === null ? null : (
        <Text span size="xs" c="dimmed" style={{ whiteSpace: 'normal' }}>
          {t(hint, { email: sender.email })}
        </Text>
      )}
    </Stack>
  )
}

export const senderColumns = (
  { t }: Texts,
  authorized: ReadonlySet<string>,
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
    cell: (sender) => <Standing sender={sender} authorized={authorized} />,
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
