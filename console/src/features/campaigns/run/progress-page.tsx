import { Card, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { type Accounting, getAccounting } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { read } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { isMoving, isOver } from '../campaign-path.ts'
import { CampaignFrame } from './campaign-frame.tsx'
import { DifferencesCard } from './differences-card.tsx'
import { FigureTiles } from './figure-tiles.tsx'
import { IdentityCard } from './identity-card.tsx'
import { Journal } from './journal.tsx'
import { PaceCard } from './pace-card.tsx'
import { PaceChart } from './pace-chart.tsx'
import classes from './progress.module.css'
import { ReasonLists } from './reason-lists.tsx'
import { StateBar } from './state-bar.tsx'

type Props = { readonly campaign: Campaign; readonly accounting: Accounting }

const Numbers = ({ campaign, accounting }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const done = accounting.audience - accounting.pending
  return (
    <>
      <Card withBorder padding="lg" component="section" aria-label={t('run.progress')}>
        <Stack gap="md">
          <Text size="lg" role="status" className="tabular">
            {t('run.done-of', {
              done: formats.number(done),
              audience: formats.number(accounting.audience),
              percent: formats.percent(accounting.audience === 0 ? 0 : done / accounting.audience),
            })}
          </Text>
          <StateBar accounting={accounting} />
          {isMoving(campaign.status) ? <PaceCard campaign={campaign} accounting={accounting} /> : null}
        </Stack>
      </Card>
      <FigureTiles id={campaign.id} accounting={accounting} />
      <IdentityCard accounting={accounting} />
      {accounting.missing + accounting.surplus > 0 && isOver(campaign.status) ? (
        <DifferencesCard id={campaign.id} />
      ) : null}
      <PaceChart campaign={campaign} />
    </>
  )
}

const Progress = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const may = useMay()('sending.ledger.view')
  const waiting = campaign.status === 'scheduled' || campaign.status === 'held'
  const { data, error, refetch } = useQuery({
    ...read(getAccounting, { params: { id: campaign.id } }),
    enabled: may && !waiting,
  })
  return (
    <Stack gap="md">
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {may || waiting ? null : <Text c="dimmed">{t('run.may-not')}</Text>}
      {data === undefined ? (
        may && !waiting && error === null ? (
          <CardSkeleton rows={6} />
        ) : null
      ) : (
        <Numbers campaign={campaign} accounting={data} />
      )}
      <div className={classes.foot}>
        {may ? <Journal id={campaign.id} /> : null}
        {data === undefined ? null : <ReasonLists id={campaign.id} accounting={data} />}
      </div>
    </Stack>
  )
}

export const ProgressPage = () => (
  <CampaignFrame>{(campaign) => <Progress campaign={campaign} />}</CampaignFrame>
)
