import { Alert, Card, Group, Stack, Text } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../../../src/campaigns/contract.ts'
import {
  getReport,
  listReportBounces,
  listReportLinks,
  listTimeline,
} from '../../../../src/reports/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Clock } from '../../ui/illustrations.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { CampaignFrame } from '../campaigns/run/campaign-frame.tsx'
import { BouncesCard } from './bounces-card.tsx'
import { ExportButton } from './export-button.tsx'
import { HeadFigures } from './head-figures.tsx'
import { LinksCard } from './links-card.tsx'
import { RateTable } from './rate-table.tsx'
import { TimelineCard } from './timeline-card.tsx'

const Report = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { id } = campaign
  const { data, error, refetch } = useQuery(read(getReport, { params: { id } }))
  useLive('report', getReport, listTimeline, listReportLinks, listReportBounces)
  if (data === undefined) {
    return error === null ? (
      <CardSkeleton rows={6} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    )
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" className="tabular">
          {t('reports.as-of', { time: formats.dateTime(data.as_of) })}
        </Text>
        <ExportButton campaign={campaign} />
      </Group>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data.simulated ? (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconMailOff size={20} />}
          title={t('campaigns.simulated')}
        >
          {t('campaigns.simulated-hint')}
        </Alert>
      ) : null}
      <HeadFigures report={data} />
      <TimelineCard campaign={campaign} />
      <RateTable report={data} />
      <LinksCard campaign={campaign} />
      <BouncesCard campaign={campaign} />
    </Stack>
  )
}

/** Before the start every figure is zero; a page of zeros would look like a failure. */
const NotBegun = () => {
  const { t } = useTexts()
  return (
    <Card withBorder>
      <EmptyState art={<Clock />} title={t('reports.not-begun')}>
        {t('reports.not-begun-text')}
      </EmptyState>
    </Card>
  )
}

export const ReportPage = () => (
  <CampaignFrame>
    {(campaign) => (campaign.started_at === null ? <NotBegun /> : <Report campaign={campaign} />)}
  </CampaignFrame>
)
