import { Button, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import type { Campaign } from '../../../../src/campaigns/contract.ts'
import { exportRecipients, type RecipientFilter } from '../../../../src/reports/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { addressOf, askOnce } from '../../lib/call.ts'
import { useMay } from '../../lib/session.ts'

/** Above this the server wants a fresh confirmation, which a plain link cannot ask for. */
const rowsWithoutQuestion = 10_000

type Props = { readonly campaign: Campaign; readonly filter?: RecipientFilter }

/** The recipients as CSV, straight from the server to the disk. */
export const ExportButton = ({ campaign, filter = {} }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  if (!may('email.campaigns.export')) return null
  const href = addressOf(exportRecipients, { params: { id: campaign.id }, query: filter })
  const ask = (event: MouseEvent) => {
    if (campaign.counts.audience <= rowsWithoutQuestion) return
    event.preventDefault()
    void askOnce('general').then((confirmed) => {
      if (confirmed) window.location.assign(href)
    })
  }
  return (
    <Tooltip label={t('reports.export-hint')}>
      <Button
        component="a"
        href={href}
        download
        onClick={ask}
        variant="default"
        leftSection={<IconDownload size={16} />}
      >
        {t('reports.export')}
      </Button>
    </Tooltip>
  )
}
