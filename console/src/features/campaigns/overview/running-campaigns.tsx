import { Anchor, Card, Group, Progress, SimpleGrid, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CampaignRow } from '../../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { colorOfState } from '../../../ui/status-badge.tsx'
import { CampaignBadges } from '../campaign-badges.tsx'
import { pagePath } from '../campaign-path.ts'

const parts = ['accepted', 'rejected', 'uncertain', 'suppressed', 'handed'] as const

const RunningCard = ({ campaign }: { readonly campaign: CampaignRow }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { counts } = campaign
  const open = counts.planned + counts.claimed + counts.handed
  const done = counts.audience - open
  const share = (value: number) => (counts.audience === 0 ? 0 : (value / counts.audience) * 100)
  const waiting = campaign.status === 'scheduled' || campaign.status === 'held'
  return (
    <Card withBorder padding="lg">
      <Group justify="space-between" mb="xs">
        <Anchor component={Link} to={pagePath(campaign.id)} fw={600}>
          {campaign.name}
        </Anchor>
        <CampaignBadges campaign={campaign} />
      </Group>
      {waiting ? (
        <Text size="sm" c="dimmed">
          {t('campaigns.planned-at')}: <Time at={campaign.planned_at} />
        </Text>
      ) : (
        <>
          <Progress.Root
            size="lg"
            role="img"
            aria-label={`${formats.number(done)} / ${formats.number(counts.audience)}`}
          >
            {parts.map((state) => (
              <Progress.Section
                key={state}
                value={share(counts[state])}
                color={`${colorOfState(state)}.6`}
                withAria={false}
              />
            ))}
          </Progress.Root>
          <Text size="sm" c="dimmed" mt={6} className="tabular">
            {t('ui.progress', { done: formats.number(done), total: formats.number(counts.audience) })}
          </Text>
        </>
      )}
    </Card>
  )
}

export const RunningCampaigns = ({ rows }: { readonly rows: readonly CampaignRow[] }) => (
  <SimpleGrid cols={{ base: 1, md: 2 }}>
    {rows.map((campaign) => (
      <RunningCard key={campaign.id} campaign={campaign} />
    ))}
  </SimpleGrid>
)
