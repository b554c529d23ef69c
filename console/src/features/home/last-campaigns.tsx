import { Anchor, Card, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { CampaignRow } from '../../../../src/campaigns/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { Time } from '../../ui/figures.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './last-campaigns.module.css'

const Figures = ({ campaign }: { readonly campaign: CampaignRow }) => {
  const { t } = useTexts()
  const formats = useFormats()
  const { audience, accepted } = campaign.counts
  return (
    <Text size="sm" c="dimmed" component="div" className="tabular">
      <Time at={campaign.started_at ?? campaign.planned_at ?? campaign.updated_at} />
      {audience === 0 ? null : ` · ${t('home.recent-audience', { count: audience })}`}
      {campaign.started_at === null
        ? null
        : ` · ${t('home.recent-accepted', { count: formats.number(accepted) })}`}
    </Text>
  )
}

/** What was written and sent last, each a click away. */
export const LastCampaigns = ({ campaigns }: { readonly campaigns: readonly CampaignRow[] }) => {
  const { t } = useTexts()
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('home.recent')}>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('home.recent')}</Title>
        <Anchor component={Link} to="/email/campaigns" size="sm">
          {t('home.recent-all')}
        </Anchor>
      </Group>
      <ul className={classes.list}>
        {campaigns.map((campaign) => (
          <li key={campaign.id} className={classes.row}>
            <div className={classes.words}>
              <Link to={`/email/campaigns/${campaign.id}`} className={classes.name}>
                {campaign.name}
              </Link>
              <Figures campaign={campaign} />
            </div>
            <StatusBadge state={campaign.status} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
