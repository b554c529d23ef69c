import { Card, Group, SegmentedControl, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Campaign } from '../../../../src/campaigns/contract.ts'
import { listTimeline, type TimelineEntry } from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { readClock } from '../../lib/clock.ts'
import { read } from '../../lib/queries.ts'
import { Chart } from '../../ui/charts/chart.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { fillTimeline, firstStep, type TimelineStep } from './timeline-points.ts'

const steps = ['minute', 'hour', 'day'] as const

/** A line needs a few points to be one. */
const linePointsMin = 4

type DrawingProps = { readonly entries: readonly TimelineEntry[]; readonly step: TimelineStep }

const Drawing = ({ entries, step }: DrawingProps) => {
  const { t } = useTexts()
  const formats = useFormats()
  const label = { minute: formats.time, hour: formats.dateTime, day: formats.date }[step]
  return (
    <Chart
      kind={entries.length < linePointsMin ? 'bar' : 'area'}
      title={t('reports.timeline')}
      axis={t(`reports.step-${step}`)}
      points={entries.map((entry) => ({
        at: label(entry.at),
        accepted: entry.accepted,
        opened: entry.opened_all,
        clicked: entry.clicked_all,
        bounced: entry.bounced,
        unsubscribed: entry.unsubscribed,
      }))}
      series={[
        { name: 'accepted', label: t('states.accepted'), state: 'accepted' },
        { name: 'opened', label: t('reports.opens'), state: 'opened' },
        { name: 'clicked', label: t('reports.clicks'), state: 'clicked' },
        { name: 'bounced', label: t('states.bounced'), state: 'bounced' },
        { name: 'unsubscribed', label: t('states.unsubscribed'), state: 'unsubscribed' },
      ]}
    />
  )
}

/** What happened when. */
export const TimelineCard = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const { id, started_at } = campaign
  const [step, setStep] = useState<TimelineStep>(() => firstStep(started_at, readClock().toISOString()))
  const { data, error, refetch } = useQuery({
    ...read(listTimeline, { params: { id }, query: { step, limit: 1000 } }),
    placeholderData: keepPreviousData,
  })
  const entries = fillTimeline(data?.data ?? [], step)
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('reports.timeline')}>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null ? <RowsSkeleton rows={5} /> : null : null}
      {data !== undefined && entries.length === 0 ? (
        <Text c="dimmed">{t('reports.timeline-empty')}</Text>
      ) : null}
      {entries.length === 0 ? null : <Drawing entries={entries} step={step} />}
      <Group gap="xs" mt="sm">
        <Text size="sm" c="dimmed" id="timeline-step">
          {t('reports.step')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby="timeline-step"
          value={step}
          onChange={(next) => setStep(steps.find((one) => one === next) ?? 'hour')}
          data={steps.map((one) => ({ value: one, label: t(`reports.step-${one}`) }))}
        />
      </Group>
      {data?.has_more === true ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('reports.timeline-cut')}
        </Text>
      ) : null}
    </Card>
  )
}
