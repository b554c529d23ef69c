import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { useMay } from '../../../lib/session.ts'
import { type Asked, CampaignDialogs } from '../campaign-dialogs.tsx'
import { RescheduleDialog } from './reschedule-dialog.tsx'

/** The three ways out of a hold, where its reason is read (sending.md §4.5). */
export const HeldActs = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t } = useTexts()
  const may = useMay()
  const [asked, setAsked] = useState<Asked | null>(null)
  const [planning, setPlanning] = useState(false)
  return (
    <Group gap="xs" mt="sm">
      {may('email.campaigns.send') ? (
        <>
          <Button size="xs" onClick={() => setAsked('start')}>
            {t('campaigns.start-action')}
          </Button>
          <Button size="xs" variant="default" onClick={() => setPlanning(true)}>
            {t('run-acts.reschedule')}
          </Button>
        </>
      ) : null}
      {may('email.campaigns.cancel') ? (
        <Button size="xs" variant="subtle" color="red" onClick={() => setAsked('cancel')}>
          {t('campaigns.cancel-action')}
        </Button>
      ) : null}
      <CampaignDialogs asked={asked} campaign={campaign} onClose={() => setAsked(null)} />
      <RescheduleDialog opened={planning} onClose={() => setPlanning(false)} campaign={campaign} />
    </Group>
  )
}
