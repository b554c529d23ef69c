import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { type Campaign, getCampaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { read } from '../../../lib/queries.ts'
import { useParam } from '../../../lib/route.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { Page } from '../../../ui/page.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { CampaignBadges } from '../campaign-badges.tsx'
import { pagePath, type Step, steps } from '../campaign-path.ts'
import { AudienceStep } from './audience/audience-step.tsx'
import { ClosedWizard } from './closed-wizard.tsx'
import { ContentStep } from './content/content-step.tsx'
import { SettingsStep } from './settings/settings-step.tsx'
import type { StepProps } from './step-props.ts'
import { SummaryStep } from './summary/summary-step.tsx'

const bodies: Readonly<Record<Step, ComponentType<StepProps>>> = {
  settings: SettingsStep,
  content: ContentStep,
  audience: AudienceStep,
  summary: SummaryStep,
}

const isStep = (value: string): value is Step => steps.some((step) => step === value)

/** Of a paused run the content may still be put right for those who have not got it. */
const isOpen = (campaign: Campaign, step: Step): boolean =>
  campaign.status === 'draft' || (campaign.status === 'paused' && step === 'content')

const Wizard = ({ campaign, step }: { readonly campaign: Campaign; readonly step: Step }) => {
  const [start, setStart] = useState(0)
  if (!isOpen(campaign, step)) return <ClosedWizard campaign={campaign} />
  const Body = bodies[step]
  return (
    <Body
      key={`${campaign.id} ${step} ${start}`}
      campaign={campaign}
      onReload={() => setStart((now) => now + 1)}
    />
  )
}

export const WizardPage = () => {
  const { t } = useTexts()
  const id = useParam('id')
  const given = useParam('step')
  const step = isStep(given) ? given : 'settings'
  const { data: campaign, error, refetch } = useQuery(read(getCampaign, { params: { id } }))
  useLive('campaign', getCampaign)
  const watch =
    campaign === undefined || campaign.status === 'draft' ? null : (
      <Button component={Link} to={pagePath(id)} variant="default">
        {t('campaigns.to-progress')}
      </Button>
    )
  return (
    <Page
      title={campaign?.name ?? t('campaigns.campaign')}
      crumbs={[{ label: campaign?.name ?? '…' }]}
      badge={campaign === undefined ? null : <CampaignBadges campaign={campaign} />}
      action={watch}
    >
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {campaign === undefined ? (
        error === null ? (
          <CardSkeleton />
        ) : null
      ) : (
        <Wizard campaign={campaign} step={step} />
      )}
    </Page>
  )
}
