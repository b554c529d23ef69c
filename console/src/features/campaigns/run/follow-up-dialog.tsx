import { Alert, Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type Campaign, notReached } from '../../../../../src/campaigns/contract.ts'
import { followUpCampaign } from '../../../../../src/campaigns/follow-up/contract.ts'
import { useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { useCampaignActs } from '../campaign-acts.ts'
import { stepPath } from '../campaign-path.ts'

type Props = { readonly campaign: Campaign; readonly onClose: () => void }
type State = (typeof notReached)[number]

const useFollowUp = (campaign: Campaign) => {
  const navigate = useNavigate()
  const acts = useCampaignActs()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const make = async (states: readonly State[], accepted: boolean) => {
    setBusy(true)
    setError(null)
    try {
      const body = { states: [...states], ...(accepted ? { accept_duplicates: true } : {}) }
      const made = await call(followUpCampaign, { params: { id: campaign.id }, body })
      acts.keep(made)
      await navigate({ to: stepPath(made.id, 'settings') })
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return { busy, error, make }
}

const Body = ({ campaign, onClose }: Props) => {
  const { t } = useTexts()
  const { busy, error, make } = useFollowUp(campaign)
  const [states, setStates] = useState<State[]>(['rejected', 'canceled', 'soft_bounce', 'expired'])
  const [accepted, setAccepted] = useState(false)
  const doubtful = states.includes('uncertain')
  return (
    <Stack gap="md">
      <Text size="sm">{t('run-acts.follow-up-text')}</Text>
      <Checkbox.Group
        label={t('run-acts.follow-up-states')}
        value={states}
        onChange={(values) => setStates(notReached.filter((state) => values.includes(state)))}
      >
        <Stack gap="xs" mt="xs">
          {notReached.map((state) => (
            <Checkbox key={state} value={state} label={t(`run-acts.follow-up-${state}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      {doubtful ? (
        <Alert color="yellow" variant="light" title={t('run-acts.follow-up-warning')}>
          <Stack gap="xs">
            {t('run-acts.follow-up-warning-text')}
            <Checkbox
              label={t('run-acts.follow-up-accept')}
              checked={accepted}
              onChange={(event) => setAccepted(event.currentTarget.checked)}
            />
          </Stack>
        </Alert>
      ) : null}
      {error === null ? null : <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('ui.cancel')}
        </Button>
        <Button
          onClick={() => void make(states, doubtful && accepted)}
          loading={busy}
          disabled={states.length === 0 || (doubtful && !accepted)}
        >
          {t('run-acts.follow-up-action')}
        </Button>
      </Group>
    </Stack>
  )
}

/** A new draft to those whom this run did not reach. */
export const FollowUpDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t('run-acts.follow-up-title', { name: props.campaign.name })}
    >
      <Body {...props} />
    </Modal>
  )
}
