import { Card, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  listReceivers,
  type Receiver,
  readReceiverTimeline,
} from '../../../../src/providers/receivers/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { read } from '../../lib/queries.ts'
import { useFilters } from '../../lib/route.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LetterBox } from '../../ui/illustrations.tsx'
import { Page } from '../../ui/page.tsx'
import { AnswerChart } from './answer-chart.tsx'
import { type Period, periods } from './period.ts'
import { receiverColumns } from './receiver-columns.tsx'
import { ReceiverDrawer } from './receiver-drawer.tsx'
import { Totals } from './totals.tsx'

/** Figures move while something is sent; this is often enough to see it. */
const redrawMs = 10_000

const useReceivers = (hours: Period) =>
  useQuery({
    ...read(listReceivers, { query: { hours, limit: 100 } }),
    placeholderData: keepPreviousData,
    refetchInterval: redrawMs,
  })

type Reply = ReturnType<typeof useReceivers>

/** The list comes whole, the most urgent first. */
const toPages = ({ data, isPending, error, refetch }: Reply) => ({
  rows: [...(data?.data ?? [])],
  isPending,
  isFetching: false,
  isFetchingMore: false,
  hasMore: false,
  error,
  loadMore: () => undefined,
  retry: () => void refetch(),
})

const PeriodChoice = ({
  value,
  onChange,
}: {
  readonly value: Period
  readonly onChange: (next: Period) => void
}) => {
  const { t } = useTexts()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('delivery.period')}
      value={value}
      onChange={(next) => onChange(periods.find((one) => one === next) ?? '24')}
      data={periods.map((one) => ({ value: one, label: t(`delivery.period-${one}`) }))}
    />
  )
}

export const DeliveryPage = () => {
  const texts = useTexts()
  const { t } = texts
  const [filters, setFilters] = useFilters('hours')
  const hours = periods.find((one) => one === filters.hours) ?? '24'
  const receivers = useReceivers(hours)
  const timeline = useQuery({
    ...read(readReceiverTimeline, { query: { hours } }),
    placeholderData: keepPreviousData,
    refetchInterval: redrawMs,
  })
  const [opened, setOpened] = useState<string | null>(null)
  // Read from the list at every moment: the drawer shows the present, not the click.
  const chosen: Receiver | null = receivers.data?.data.find(({ site }) => site === opened) ?? null
  const more = receivers.data?.more ?? 0
  return (
    <Page
      title={t('delivery.title')}
      purpose={t('delivery.purpose')}
      action={<PeriodChoice value={hours} onChange={(next) => setFilters({ hours: next })} />}
    >
      <Stack gap="lg">
        {receivers.data === undefined ? null : <Totals totals={receivers.data.totals} />}
        {timeline.data === undefined ? null : (
          <Card withBorder padding="lg" component="section" aria-label={t('delivery.chart')}>
            <AnswerChart title={t('delivery.chart')} slots={timeline.data.data} hours={hours} />
          </Card>
        )}
        <Group justify="space-between">
          <Title order={2}>{t('delivery.receivers')}</Title>
        </Group>
        <DataTable
          id="receivers"
          label={t('delivery.receivers')}
          pages={toPages(receivers)}
          rowKey={(receiver) => receiver.site}
          onOpen={(receiver) => setOpened(receiver.site)}
          columns={receiverColumns(texts)}
          empty={
            <EmptyState art={<LetterBox />} title={t('delivery.empty-title')}>
              {t('delivery.empty-text')}
            </EmptyState>
          }
        />
        {more === 0 ? null : (
          <Text size="sm" c="dimmed">
            {t('delivery.more', { count: more })}
          </Text>
        )}
      </Stack>
      <ReceiverDrawer receiver={chosen} hours={hours} onClose={() => setOpened(null)} />
    </Page>
  )
}
