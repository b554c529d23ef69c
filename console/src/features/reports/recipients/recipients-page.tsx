import { Button } from '@mantine/core'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { getRecipient, listRecipients } from '../../../../../src/reports/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useLive } from '../../../lib/events.ts'
import { usePages } from '../../../lib/queries.ts'
import { useFilters } from '../../../lib/route.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { People, SilentBell } from '../../../ui/illustrations.tsx'
import { CampaignFrame } from '../../campaigns/run/campaign-frame.tsx'
import { ExportButton } from '../export-button.tsx'
import { recipientColumns } from './recipient-columns.tsx'
import { RecipientDrawer } from './recipient-drawer.tsx'
import { RecipientToolbar, useRecipientFilters } from './recipient-filters.tsx'

const Recipients = ({ campaign }: { readonly campaign: Campaign }) => {
  const texts = useTexts()
  const { t } = texts
  const { id } = campaign
  const filters = useRecipientFilters()
  const [{ message }, setMessage] = useFilters('message')
  const pages = usePages(listRecipients, { params: { id }, query: filters.query })
  useLive('campaign', listRecipients, getRecipient)
  useLive('report', listRecipients, getRecipient)
  const clear = () =>
    filters.setFilters(Object.fromEntries(Object.keys(filters.set).map((name) => [name, undefined])))
  return (
    <>
      <DataTable
        id="recipients"
        label={t('run.recipients')}
        pages={pages}
        rowKey={(row) => row.message_id}
        onOpen={(row) => setMessage({ message: row.message_id })}
        columns={recipientColumns(texts)}
        toolbar={
          <>
            <RecipientToolbar filters={filters} />
            <ExportButton campaign={campaign} filter={filters.set} />
          </>
        }
        empty={
          filters.isFiltered ? (
            <EmptyState
              art={<SilentBell />}
              title={t('ui.no-match')}
              action={
                <Button variant="default" onClick={clear}>
                  {t('ui.filters-clear')}
                </Button>
              }
            />
          ) : (
            <EmptyState art={<People />} title={t('reports.recipients-empty')}>
              {t('reports.recipients-empty-text')}
            </EmptyState>
          )
        }
      />
      <RecipientDrawer
        id={id}
        messageId={message ?? null}
        onClose={() => setMessage({ message: undefined })}
      />
    </>
  )
}

export const RecipientsPage = () => (
  <CampaignFrame>{(campaign) => <Recipients campaign={campaign} />}</CampaignFrame>
)
