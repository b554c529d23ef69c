import { Badge, Group, Tooltip } from '@mantine/core'
import type { CampaignRow } from '../../../../src/campaigns/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'

/** Yellow wherever figures stand, so that nobody takes the built-in mailbox for real people. */
export const SimulatedBadge = () => {
  const { t } = useTexts()
  return (
    <Tooltip label={t('campaigns.simulated-hint')} multiline maw={320}>
      <Badge color="yellow" variant="light" radius="sm" tt="none" fw={550} miw="max-content">
        {t('campaigns.simulated')}
      </Badge>
    </Tooltip>
  )
}

const DemoBadge = () => {
  const { t } = useTexts()
  return (
    <Badge color="bronze" variant="outline" radius="sm" tt="none" fw={550} miw="max-content">
      {t('campaigns.demo')}
    </Badge>
  )
}

type Props = { readonly campaign: Pick<CampaignRow, 'status' | 'simulated' | 'demo'> }

export const CampaignBadges = ({ campaign }: Props) => (
  <Group gap={6}>
    <StatusBadge state={campaign.status} />
    {campaign.simulated ? <SimulatedBadge /> : null}
    {campaign.demo ? <DemoBadge /> : null}
  </Group>
)
