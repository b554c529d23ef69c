import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { listSuppressions } from '../../../../src/contacts/suppressions/contract.ts'
import {
  type AllowRequest,
  acceptAllowRequest,
  listAllowRequests,
  rejectAllowRequest,
} from '../../../../src/inbound/allow-requests/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { useLive } from '../../lib/events.ts'
import { refresh, usePages } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { ConfirmDialog } from '../../ui/confirm.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { LetterBox } from '../../ui/illustrations.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { RequestDialog } from './request-dialog.tsx'
import { SuppressionFrame } from './suppression-frame.tsx'
import classes from './suppressions.module.css'

const colours = { pending: 'held', accepted: 'active', rejected: 'rejected' } as const
const acts = { accept: acceptAllowRequest, reject: rejectAllowRequest } as const
type Verdict = keyof typeof acts
type Decided = { readonly request: AllowRequest; readonly verdict: Verdict }

const DecisionDialog = ({
  decided,
  onClose,
}: {
  readonly decided: Decided | null
  readonly onClose: () => void
}) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [comment, setComment] = useState('')
  const verdict = decided?.verdict ?? 'accept'
  const decide = async () => {
    if (decided === null) return
    const words = comment.trim()
    await call(acts[verdict], {
      params: { id: decided.request.id },
      body: { comment: words === '' ? null : words },
    })
    await refresh(client, listAllowRequests, listSuppressions)
    notifications.show({
      color: 'green',
      message: t(verdict === 'accept' ? 'suppressions.accepted' : 'suppressions.rejected'),
    })
  }
  return (
    <ConfirmDialog
      opened={decided !== null}
      onClose={onClose}
      title={t(`suppressions.${verdict}-title`, { address: decided?.request.address ?? '' })}
      action={t(`suppressions.${verdict}`)}
      danger={verdict === 'reject'}
      onConfirm={decide}
    >
      <Text size="sm" mb="md">
        {decided?.request.substantiation}
      </Text>
      <Textarea
        label={`${t('suppressions.decision')} (${t('ui.optional')})`}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        maxLength={500}
        autosize
      />
    </ConfirmDialog>
  )
}

type ChoiceProps = { readonly row: AllowRequest; readonly onDecide: (decided: Decided) => void }

const Choice = ({ row, onDecide }: ChoiceProps) => {
  const { t } = useTexts()
  const may = useMay()('suppressions.allow')
  const session = useSession()
  if (row.state !== 'pending' || !may) return null
  if (row.requested_by !== null && row.requested_by.id === session.user?.id)
    return (
      <Text size="xs" c="dimmed" maw={220} className={classes.words ?? ''}>
        {t('suppressions.own-request')}
      </Text>
    )
  return (
    <Group gap="xs">
      <Button size="compact-sm" onClick={() => onDecide({ request: row, verdict: 'accept' })}>
        {t('suppressions.accept')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => onDecide({ request: row, verdict: 'reject' })}
      >
        {t('suppressions.reject')}
      </Button>
    </Group>
  )
}

const State = ({ row, onDecide }: ChoiceProps) => {
  const { t } = useTexts()
  return (
    <Stack gap={6} align="flex-start">
      <StatusBadge state={colours[row.state]} label={t(`suppressions.state-${row.state}`)} />
      {row.allowed_until === null ? null : (
        <Text span size="xs" c="dimmed">
          {t('suppressions.lifted-until')} <Time at={row.allowed_until} />
        </Text>
      )}
      <Choice row={row} onDecide={onDecide} />
    </Stack>
  )
}

const useColumns = (onDecide: (decided: Decided) => void): readonly Column<AllowRequest>[] => {
  const { t } = useTexts()
  return [
    { id: 'address', header: t('suppressions.address'), fixed: true, cell: (row) => row.address },
    { id: 'state', header: t('suppressions.state'), cell: (row) => <State row={row} onDecide={onDecide} /> },
    {
      id: 'why',
      header: t('suppressions.substantiation'),
      wide: true,
      cell: (row) => (
        <Text span size="sm" maw={320} lineClamp={3} className={classes.words ?? ''}>
          {row.substantiation}
        </Text>
      ),
    },
    {
      id: 'asked',
      header: t('suppressions.asked-by'),
      wide: true,
      cell: (row) => (
        <>
          {row.requested_by?.name ?? '–'} · <Time at={row.created_at} />
        </>
      ),
    },
    {
      id: 'decided',
      header: t('suppressions.decided-by'),
      wide: true,
      cell: (row) => row.decided_by?.name ?? '–',
    },
  ]
}

export const RequestListPage = () => {
  const { t } = useTexts()
  const manages = useMay()('suppressions.manage')
  const pages = usePages(listAllowRequests)
  useLive('bounce', listAllowRequests)
  const [asking, setAsking] = useState(false)
  const [decided, setDecided] = useState<Decided | null>(null)
  const add = manages ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAsking(true)}>
      {t('suppressions.request-new')}
    </Button>
  ) : null
  return (
    <SuppressionFrame action={add}>
      <DataTable
        id="allow-requests"
        label={t('suppressions.tab-requests')}
        columns={useColumns(setDecided)}
        pages={pages}
        rowKey={(row) => row.id}
        empty={
          <EmptyState art={<LetterBox />} title={t('suppressions.requests-empty')} action={add}>
            {t('suppressions.requests-empty-text')}
          </EmptyState>
        }
      />
      <RequestDialog opened={asking} address="" onClose={() => setAsking(false)} />
      <DecisionDialog key={decided?.request.id ?? ''} decided={decided} onClose={() => setDecided(null)} />
    </SuppressionFrame>
  )
}
