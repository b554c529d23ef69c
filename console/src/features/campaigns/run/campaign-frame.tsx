import { Button, Card } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type Campaign, getCampaign } from '../../../../../src/campaigns/contract.ts'
import { getAccounting, listJournal } from '../../../../../src/campaigns/run/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { read } from '../../../lib/queries.ts'
import { useParam } from '../../../lib/route.ts'
import { useMay } from '../../../lib/session.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Letter } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { PageTabs } from '../../../ui/page-tabs.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { CampaignBadges } from '../campaign-badges.tsx'
import { pagePath, stepPath } from '../campaign-path.ts'
import { RunActions } from './run-actions.tsx'
import { StatusNote } from './status-note.tsx'

const useTabs = (id: string) => {
  const { t } = useTexts()
  const may = useMay()
  return [
    { to: pagePath(id), label: t('run.progress') },
    ...(may('email.recipients.view')
      ? [{ to: `${pagePath(id)}/recipients`, label: t('run.recipients') }]
      : []),
    ...(may('email.reports.view') ? [{ to: `${pagePath(id)}/report`, label: t('run.report') }] : []),
  ]
}

const StillDraft = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  return (
    <Card withBorder>
      <EmptyState
        art={<Letter />}
        title={t('run.draft-title')}
        action={
          <Button component={Link} to={stepPath(campaign.id, 'settings')}>
            {t('run.draft-action')}
          </Button>
        }
      >
        {t('run.draft-text')}
      </EmptyState>
    </Card>
  )
}

type Props = { readonly children: (campaign: Campaign) => ReactNode }

/** Around the three views of a campaign that is planned, under way or over. */
export const CampaignFrame = ({ children }: Props) => {
  const { t } = useTexts()
  const id = useParam('id')
  const tabs = useTabs(id)
  const { data: campaign, error, refetch } = useQuery(read(getCampaign, { params: { id } }))
  useLive('campaign', getCampaign, getAccounting, listJournal)
  return (
    <Page
      title={campaign?.name ?? t('campaigns.campaign')}
      purpose={campaign?.content?.subject ?? undefined}
      crumbs={[{ label: campaign?.name ?? '…' }]}
      badge={campaign === undefined ? null : <CampaignBadges campaign={campaign} />}
      action={campaign === undefined ? null : <RunActions campaign={campaign} />}
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {campaign === undefined ? (
        error === null ? (
          <CardSkeleton />
        ) : null
      ) : campaign.status === 'draft' ? (
        <StillDraft campaign={campaign} />
      ) : (
        <>
          <StatusNote campaign={campaign} />
          <PageTabs label={t('run.views')} tabs={tabs} />
          {children(campaign)}
        </>
      )}
    </Page>
  )
}
