import { Button, Code, Drawer, Group, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type Delivery,
  deliveryStates,
  listWebhookDeliveries,
  listWebhooks,
  type Replay,
  replayWebhook,
  type Webhook,
} from '../../../../src/webhooks/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh, usePages } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Time } from '../../ui/figures.tsx'
import { Letter } from '../../ui/illustrations.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useFailure } from './failure.ts'
import classes from './webhooks.module.css'

const colours = {
  waiting: 'pending',
  claimed: 'claimed',
  succeeded: 'accepted',
  failed: 'deferred',
  dead: 'failed',
  expired: 'failed',
} as const

const EventCell = ({ delivery }: { readonly delivery: Delivery }) => {
  const { t } = useTexts()
  const notes = [
    ...(delivery.target === 'secondary' ? [t('webhooks.second-target')] : []),
    ...(delivery.replay ? [t('webhooks.replayed')] : []),
  ]
  return (
    <Stack gap={0}>
      <Text span size="sm" fw={550}>
        {delivery.event}
      </Text>
      {notes.length === 0 ? null : (
        <Text span size="xs" c="dimmed">
          {notes.join(' · ')}
        </Text>
      )}
    </Stack>
  )
}

type AnswerProps = { readonly delivery: Delivery; readonly onReplay: (() => void) | null }

const AnswerCell = ({ delivery, onReplay }: AnswerProps) => {
  const { t } = useTexts()
  const failure = useFailure()
  const { status, excerpt } = delivery
  if (delivery.next_at !== null)
    return (
      <Text span size="sm">
        {t('webhooks.next')} <Time at={delivery.next_at} />
      </Text>
    )
  return (
    <Stack gap={2}>
      <Text span size="sm">
        {status ?? (delivery.failure === null ? '–' : failure(delivery.failure))}
        {delivery.duration_ms === null
          ? ''
          : ` · ${t('webhooks.test-duration', { ms: delivery.duration_ms })}`}
      </Text>
      {excerpt === '' ? null : (
        <details>
          <summary>{t('webhooks.excerpt')}</summary>
          <Code block className={classes['secret'] ?? ''}>
            {excerpt}
          </Code>
        </details>
      )}
      {onReplay === null ? null : (
        <Button variant="subtle" size="compact-xs" onClick={onReplay} style={{ alignSelf: 'flex-start' }}>
          {t('webhooks.replay-one')}
        </Button>
      )}
    </Stack>
  )
}

const useReplay = (id: string) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [error, setError] = useState<unknown>(null)
  const replay = async (body: Replay) => {
    setError(null)
    try {
      const { queued } = await call(replayWebhook, { params: { id }, body })
      notifications.show({ color: 'green', message: t('webhooks.replay-done', { count: queued }) })
      await refresh(client, listWebhookDeliveries, listWebhooks)
    } catch (failure) {
      setError(failure)
    }
  }
  return { error, replay }
}

const useColumns = (replay: ((body: Replay) => Promise<void>) | null): Column<Delivery>[] => {
  const { t } = useTexts()
  const open = ({ state, event }: Delivery) =>
    state === 'waiting' || state === 'claimed' || event === 'webhook.test'
  return [
    {
      id: 'event',
      header: t('webhooks.event'),
      fixed: true,
      cell: (delivery) => <EventCell delivery={delivery} />,
    },
    {
      id: 'state',
      header: t('webhooks.state'),
      cell: ({ state }) => <StatusBadge state={colours[state]} label={t(`webhooks.delivery-${state}`)} />,
    },
    { id: 'time', header: t('webhooks.time'), wide: true, cell: ({ at }) => <Time at={at} /> },
    {
      id: 'attempt',
      header: t('webhooks.attempt'),
      wide: true,
      align: 'end',
      cell: ({ attempt }) => attempt,
    },
    {
      id: 'answer',
      header: t('webhooks.answer'),
      cell: (delivery) => (
        <AnswerCell
          delivery={delivery}
          onReplay={
            replay === null || open(delivery) ? null : () => void replay({ delivery_ids: [delivery.id] })
          }
        />
      ),
    },
  ]
}

const Log = ({ webhook }: { readonly webhook: Webhook }) => {
  const { t } = useTexts()
  const manages = useMay()('account.webhooks.manage')
  const [state, setState] = useState<Delivery['state'] | null>(null)
  const query = state === null ? {} : { state }
  const pages = usePages(listWebhookDeliveries, { params: { id: webhook.id }, query })
  const { error, replay } = useReplay(webhook.id)
  const filter = (
    <Group justify="space-between" align="flex-end">
      <Select
        label={t('webhooks.log-filter')}
        placeholder={t('webhooks.log-all')}
        clearable
        data={deliveryStates.map((value) => ({ value, label: t(`webhooks.delivery-${value}`) }))}
        value={state}
        onChange={(value) => setState(value as Delivery['state'] | null)}
      />
      {manages && webhook.dead_letters > 0 ? (
        <Button variant="default" onClick={() => void replay({ state: 'dead' })}>
          {t('webhooks.replay-dead')}
        </Button>
      ) : null}
    </Group>
  )
  return (
    <Stack gap="md">
      {error === null ? null : <ErrorState error={error} />}
      <DataTable
        id="webhook-deliveries"
        label={t('webhooks.log')}
        columns={useColumns(manages ? replay : null)}
        pages={pages}
        rowKey={(delivery) => delivery.id}
        toolbar={filter}
        empty={
          <EmptyState art={<Letter />} title={t('webhooks.log-empty')}>
            {t('webhooks.log-empty-text')}
          </EmptyState>
        }
      />
    </Stack>
  )
}

type Props = { readonly webhook: Webhook | null; readonly onClose: () => void }

export const LogDrawer = ({ webhook, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Drawer
      opened={webhook !== null}
      onClose={onClose}
      title={t('webhooks.log-title', { name: webhook?.name ?? '' })}
      position="right"
      size="xl"
    >
      {webhook === null ? null : <Log webhook={webhook} />}
    </Drawer>
  )
}
