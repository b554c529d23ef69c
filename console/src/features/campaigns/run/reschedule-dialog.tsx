import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { scheduleCampaign } from '../../../../../src/campaigns/run/contract.ts'
import { useTexts, useTongue } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useCampaignActs } from '../campaign-acts.ts'
import { plannedAt, type When, WhenFields } from '../wizard/summary/when-fields.tsx'

type Props = { readonly campaign: Campaign; readonly onClose: () => void }

const Body = ({ campaign, onClose }: Props) => {
  const { t } = useTexts()
  const { zone } = useTongue()
  const acts = useCampaignActs()
  const [when, setWhen] = useState<When>({ mode: 'at', local: null, zone })
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const planned = plannedAt(when)
  const plan = async () => {
    setBusy(true)
    setError(null)
    try {
      if (planned === null) await acts.act('start', campaign.id)
      else {
        const time_mode = when.mode === 'local' ? 'contact_time_zone' : 'at'
        const body = { planned_at: planned, time_mode } as const
        acts.keep(await call(scheduleCampaign, { params: { id: campaign.id }, body }))
      }
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="md">
      <WhenFields when={when} onChange={setWhen} />
      {error === null ? null : <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('ui.cancel')}
        </Button>
        <Button onClick={() => void plan()} loading={busy} disabled={when.mode !== 'now' && planned === null}>
          {t(when.mode === 'now' ? 'campaigns.start-action' : 'run-acts.reschedule')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Another time for a campaign that was held or has not begun. */
export const RescheduleDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t('run-acts.reschedule-title', { name: props.campaign.name })}
    >
      <Body {...props} />
    </Modal>
  )
}
