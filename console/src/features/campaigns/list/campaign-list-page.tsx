import { Button } from '@mantine/core'
import { useState } from 'react'
import { type CampaignRow, listCampaigns } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { usePages } from '../../../lib/queries.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Letter, SilentBell } from '../../../ui/illustrations.tsx'
import { Page } from '../../../ui/page.tsx'
import { type Asked, CampaignDialogs } from '../campaign-dialogs.tsx'
import { campaignPath } from '../campaign-path.ts'
import { NewCampaignButton } from '../new-campaign.tsx'
import { campaignColumns } from './campaign-columns.tsx'
import { CampaignFilters, useCampaignFilters } from './campaign-filters.tsx'
import { RowMenu } from './row-menu.tsx'

const Empty = ({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) => {
  const { t } = useTexts()
  if (filtered) {
    return (
      <EmptyState
        art={<SilentBell />}
        title={t('ui.no-match')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('ui.filters-clear')}
          </Button>
        }
      />
    )
  }
  return (
    <EmptyState art={<Letter />} title={t('campaigns.empty-title')} action={<NewCampaignButton />}>
      {t('campaigns.empty-text')}
    </EmptyState>
  )
}

export const CampaignListPage = () => {
  const texts = useTexts()
  const { t } = texts
  const filters = useCampaignFilters()
  const { q, label, statuses, setFilters } = filters
  const [asked, setAsked] = useState<{ asked: Asked; campaign: CampaignRow } | null>(null)
  const pages = usePages(listCampaigns, {
    query: { q, label, status: statuses.length === 0 ? undefined : statuses, limit: 50 },
  })
  useLive('campaign', listCampaigns)
  const filtered = q !== undefined || label !== undefined || statuses.length > 0
  const menu = (campaign: CampaignRow) => (
    <RowMenu campaign={campaign} onAsk={(what) => setAsked({ asked: what, campaign })} />
  )
  return (
    <Page title={t('campaigns.title')} action={<NewCampaignButton />}>
      <DataTable
        id="campaigns"
        label={t('campaigns.title')}
        pages={pages}
        rowKey={(campaign) => campaign.id}
        rowTo={campaignPath}
        columns={campaignColumns(texts, menu)}
        toolbar={<CampaignFilters {...filters} />}
        empty={
          <Empty
            filtered={filtered}
            onClear={() => setFilters({ q: undefined, label: undefined, status: undefined })}
          />
        }
      />
      <CampaignDialogs
        asked={asked?.asked ?? null}
        campaign={asked?.campaign ?? null}
        onClose={() => setAsked(null)}
      />
    </Page>
  )
}
