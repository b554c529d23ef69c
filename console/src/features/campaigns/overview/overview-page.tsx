import { Button, Card, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type CampaignRow, listCampaigns } from '../../../../../src/campaigns/contract.ts'
import { getReport } from '../../../../../src/reports/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { read } from '../../../lib/queries.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Letter } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { isRunning } from '../campaign-path.ts'
import { NewCampaignButton } from '../new-campaign.tsx'
import { DraftList } from './draft-list.tsx'
import { LastReports } from './last-reports.tsx'
import { RunningCampaigns } from './running-campaigns.tsx'

const reportsMax = 5
const draftsMax = 5

const Overview = ({ rows }: { readonly rows: readonly CampaignRow[] }) => {
  const { t } = useTexts()
  const running = rows.filter(({ status }) => isRunning(status) || status === 'scheduled')
  const over = rows.filter(({ status }) => status === 'finished' || status === 'canceled')
  const drafts = rows.filter(({ status }) => status === 'draft')
  if (rows.length === 0) {
    return (
      <Card withBorder>
        <EmptyState art={<Letter />} title={t('campaigns.empty-title')} action={<NewCampaignButton />}>
          {t('campaigns.empty-text')}
        </EmptyState>
      </Card>
    )
  }
  return (
    <Stack gap="xl">
      {running.length === 0 ? null : (
        <section aria-label={t('campaigns.running')}>
          <Title order={2} mb="sm">
            {t('campaigns.running')}
          </Title>
          <RunningCampaigns rows={running} />
        </section>
      )}
      {over.length === 0 ? null : <LastReports rows={over.slice(0, reportsMax)} />}
      {drafts.length === 0 ? null : <DraftList rows={drafts.slice(0, draftsMax)} />}
    </Stack>
  )
}

/** What is under way, what came of the last ones, what waits to be finished. */
export const OverviewPage = () => {
  const { t } = useTexts()
  const { data, error, refetch } = useQuery(read(listCampaigns, { query: { limit: 50 } }))
  useLive('campaign', listCampaigns)
  useLive('report', getReport)
  return (
    <Page
      title={t('campaigns.overview')}
      action={
        <>
          <Button component={Link} to="/email/campaigns" variant="default">
            {t('campaigns.all')}
          </Button>
          <NewCampaignButton />
        </>
      }
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null ? <CardSkeleton /> : null : <Overview rows={data.data} />}
    </Page>
  )
}
