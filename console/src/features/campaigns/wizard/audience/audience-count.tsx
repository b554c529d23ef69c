import { Card, Group, Stack, Text, Title } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { type AudienceCount, countAudience } from '../../../../../../src/campaigns/preview/contract.ts'
import { useFormats, useTexts } from '../../../../i18n/texts.tsx'
import { call } from '../../../../lib/call.ts'
import { EmptyState } from '../../../../ui/empty-state.tsx'
import { ErrorState } from '../../../../ui/error-state.tsx'
import { People } from '../../../../ui/illustrations.tsx'
import { RowsSkeleton } from '../../../../ui/skeletons.tsx'
import { ReasonBars } from './reason-bars.tsx'

export const useAudienceCount = (campaign: Campaign) =>
  useQuery({
    queryKey: [countAudience.path, campaign.id, campaign.version],
    queryFn: ({ signal }) => call(countAudience, { params: { id: campaign.id }, body: {}, signal }),
    placeholderData: keepPreviousData,
    enabled: campaign.follow_up !== null || campaign.audience.group_ids.length > 0,
  })

const Counted = ({ campaign, count }: { readonly campaign: Campaign; readonly count: AudienceCount }) => {
  const { t, rich } = useTexts()
  const formats = useFormats()
  const reasons = Object.entries(count.suppressed_by_reason)
    .filter(([, people]) => people > 0)
    .sort(([, a], [, b]) => b - a)
  return (
    <Stack gap="md">
      <Text size="lg">
        {rich('audience.sentence', {
          reachable: formats.number(count.reachable),
          audience: formats.number(count.audience),
          b: (parts) => <strong>{parts}</strong>,
        })}
      </Text>
      <ReasonBars
        id={campaign.id}
        version={campaign.version}
        audience={count.audience}
        rows={[['reachable', count.reachable], ...reasons]}
      />
      <Text size="xs" c="dimmed">
        {t('audience.counted-at', { time: formats.time(count.as_of) })}
      </Text>
    </Stack>
  )
}

type Props = {
  readonly campaign: Campaign
  /** The pickers hold something the server has not counted yet. */
  readonly isOld: boolean
  readonly chosen: boolean
}

/** Whom the message would reach now, and why not the others, in words and bars. */
export const AudienceCountCard = ({ campaign, isOld, chosen }: Props) => {
  const { t } = useTexts()
  const { data, error, refetch, isFetching } = useAudienceCount(campaign)
  const body = () => {
    if (!chosen) {
      return (
        <EmptyState art={<People />} title={t('audience.nobody-title')}>
          {t('audience.nobody-text')}
        </EmptyState>
      )
    }
    if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
    if (data === undefined) return <RowsSkeleton rows={4} />
    return <Counted campaign={campaign} count={data} />
  }
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('audience.reach')}>
      <Group justify="space-between" mb="sm">
        <Title order={2}>{t('audience.reach')}</Title>
        <Text size="xs" c="dimmed" role="status">
          {chosen && (isOld || isFetching) ? t('audience.counting') : ''}
        </Text>
      </Group>
      {body()}
    </Card>
  )
}
