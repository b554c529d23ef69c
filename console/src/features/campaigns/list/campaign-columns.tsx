import { Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { CampaignRow } from '../../../../../src/campaigns/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import type { Column } from '../../../ui/data-table.tsx'
import { Figure, Time } from '../../../ui/figures.tsx'
import { StatusBadge } from '../../../ui/status-badge.tsx'
import { SimulatedBadge } from '../campaign-badges.tsx'

const Dash = () => (
  <Text span c="dimmed">
    –
  </Text>
)

/** Drafts have no frozen audience yet; a zero would be a lie. */
const count = (campaign: CampaignRow, value: number): ReactNode =>
  campaign.started_at === null ? <Dash /> : <Figure value={value} />

const Name = ({ campaign }: { readonly campaign: CampaignRow }) => (
  <Stack gap={4} align="flex-start">
    <Text span inherit truncate maw="100%">
      {campaign.name}
    </Text>
    {campaign.simulated && campaign.status !== 'draft' ? <SimulatedBadge /> : null}
  </Stack>
)

const Subject = ({ campaign }: { readonly campaign: CampaignRow }) => (
  <>
    <Text size="sm" truncate>
      {campaign.subject ?? <Dash />}
    </Text>
    <Text size="xs" c="dimmed" truncate>
      {campaign.sender === null ? '' : `${campaign.sender.name} · ${campaign.sender.email}`}
    </Text>
  </>
)

export const campaignColumns = (
  { t }: Texts,
  menu: (campaign: CampaignRow) => ReactNode,
): readonly Column<CampaignRow>[] => [
  {
    id: 'name',
    header: t('campaigns.name'),
    fixed: true,
    cell: (campaign) => <Name campaign={campaign} />,
  },
  { id: 'status', header: t('campaigns.status'), cell: ({ status }) => <StatusBadge state={status} /> },
  {
    id: 'subject',
    header: t('campaigns.subject-sender'),
    wide: true,
    cell: (campaign) => <Subject campaign={campaign} />,
  },
  {
    id: 'audience',
    header: t('campaigns.audience'),
    wide: true,
    align: 'end',
    cell: (campaign) => count(campaign, campaign.counts.audience),
  },
  {
    id: 'accepted',
    header: t('states.accepted'),
    wide: true,
    align: 'end',
    cell: (campaign) => count(campaign, campaign.counts.accepted),
  },
  {
    id: 'delivered',
    header: t('states.delivered'),
    wide: true,
    hiddenAtFirst: true,
    align: 'end',
    cell: (campaign) => count(campaign, campaign.counts.delivered),
  },
  {
    id: 'planned-at',
    header: t('campaigns.planned-at'),
    wide: true,
    hiddenAtFirst: true,
    cell: ({ planned_at }) => <Time at={planned_at} />,
  },
  {
    id: 'started-at',
    header: t('campaigns.started-at'),
    wide: true,
    cell: ({ started_at }) => <Time at={started_at} />,
  },
  {
    id: 'finished-at',
    header: t('campaigns.finished-at'),
    wide: true,
    hiddenAtFirst: true,
    cell: ({ finished_at }) => <Time at={finished_at} />,
  },
  {
    id: 'created-at',
    header: t('campaigns.created-at'),
    wide: true,
    hiddenAtFirst: true,
    cell: ({ created_at }) => <Time at={created_at} />,
  },
  {
    id: 'created-by',
    header: t('campaigns.created-by'),
    wide: true,
    hiddenAtFirst: true,
    cell: ({ created_by }) => created_by?.name ?? <Dash />,
  },
  {
    id: 'labels',
    header: t('campaigns.labels'),
    wide: true,
    hiddenAtFirst: true,
    cell: ({ labels }) => (labels.length === 0 ? <Dash /> : labels.join(', ')),
  },
  { id: 'menu', header: t('ui.actions'), fixed: true, align: 'end', cell: menu },
]
