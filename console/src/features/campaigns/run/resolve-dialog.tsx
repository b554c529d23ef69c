import { Button, Group, Modal, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getCampaign } from '../../../../../src/campaigns/contract.ts'
import { resolveUncertain } from '../../../../../src/campaigns/ledger/contract.ts'
import { getAccounting, listJournal } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import { call } from '../../../lib/call.ts'
import { refresh } from '../../../lib/queries.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { RadioChoice } from '../../../ui/radio-choice.tsx'

const actions = ['mark_accepted', 'mark_missed', 'repeat'] as const
const reasonMin = 3

type Props = { readonly id: string; readonly open: number; readonly onClose: () => void }

const Body = ({ id, open, onClose }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  const client = useQueryClient()
  const [action, setAction] = useState<string>('mark_missed')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const decide = async () => {
    const chosen = actions.find((one) => one === action)
    if (!chosen) return
    setBusy(true)
    setError(null)
    try {
      await call(resolveUncertain, { params: { id }, body: { action: chosen, reason: reason.trim() } })
      await refresh(client, getCampaign, getAccounting, listJournal)
      onClose()
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack gap="md">
      <Text size="sm">{t('run-acts.resolve-text', { count: open, number: formats.number(open) })}</Text>
      <Radio.Group value={action} onChange={setAction} aria-label={t('run-acts.resolve-title')}>
        <Stack gap="xs">
          {actions.map((one) => (
            <RadioChoice
              key={one}
              value={one}
              title={t(`run-acts.resolve-${one}`)}
              hint={t(`run-acts.resolve-${one}-hint`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        label={t('run-acts.resolve-reason')}
        description={t('run-acts.resolve-reason-hint')}
        maxLength={500}
        autosize
        minRows={2}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {error === null ? null : <ErrorState error={error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} disabled={busy}>
          {t('ui.cancel')}
        </Button>
        <Button onClick={() => void decide()} loading={busy} disabled={reason.trim().length < reasonMin}>
          {t('run-acts.resolve-action')}
        </Button>
      </Group>
    </Stack>
  )
}

/** A person decides what no answer ever will. */
export const ResolveDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('run-acts.resolve-title')}>
      <Body {...props} />
    </Modal>
  )
}
