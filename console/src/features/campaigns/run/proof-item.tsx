import { Menu } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import type { MouseEvent } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { getProof } from '../../../../../src/campaigns/ledger/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { addressOf, askOnce } from '../../../lib/call.ts'
import { useMay } from '../../../lib/session.ts'

/** Above this the server wants a fresh confirmation, which a plain link cannot ask for. */
const rowsWithoutQuestion = 10_000

/** Every row of the ledger, straight from the server to the disk. */
export const ProofItem = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const may = useMay()('sending.ledger.export')
  if (!may || campaign.started_at === null) return null
  const href = addressOf(getProof, { params: { id: campaign.id } })
  const ask = (event: MouseEvent) => {
    if (campaign.counts.audience <= rowsWithoutQuestion) return
    event.preventDefault()
    void askOnce('general').then((confirmed) => {
      if (confirmed) window.location.assign(href)
    })
  }
  return (
    <Menu.Item
      component="a"
      href={href}
      download
      title={t('run-acts.proof-hint')}
      leftSection={<IconCertificate size={16} />}
      onClick={ask}
    >
      {t('run-acts.proof')}
    </Menu.Item>
  )
}
