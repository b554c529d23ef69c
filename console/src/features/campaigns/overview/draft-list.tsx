import { Anchor, Card, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CampaignRow } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { Time } from '../../../ui/figures.tsx'
import { stepPath } from '../campaign-path.ts'

/** What was begun and waits to be finished. */
export const DraftList = ({ rows }: { readonly rows: readonly CampaignRow[] }) => {
  const { t } = useTexts()
  return (
    <section aria-label={t('campaigns.drafts')}>
      <Title order={2} mb="sm">
        {t('campaigns.drafts')}
      </Title>
      <Card withBorder padding={0}>
        {rows.map((campaign, place) => (
          <Card.Section key={campaign.id} withBorder={place > 0} inheritPadding={false} px="md" py="sm" m={0}>
            <Group justify="space-between" wrap="nowrap">
              <Anchor component={Link} to={stepPath(campaign.id, 'settings')} size="sm" fw={550} truncate>
                {campaign.name}
              </Anchor>
              <Text size="sm" c="dimmed" flex="none">
                <Time at={campaign.updated_at} />
              </Text>
            </Group>
          </Card.Section>
        ))}
      </Card>
    </section>
  )
}
