import { Alert, Button, Modal, Stack, Text, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { type FormEvent, useState } from 'react'
import {
  blockContact,
  type Contact,
  resubscribeContact,
  unblockContact,
  unsubscribeContact,
} from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { isProblem } from '../../lib/problem.ts'
import { useMay } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormFoot } from '../../ui/form-foot.tsx'
import { useContactRefresh } from './contact-form.ts'

type Channel = 'email' | 'sms'
type Act = 'unsubscribe' | 'resubscribe' | 'block' | 'unblock'

const perform = (act: Act, id: string, channel: Channel, words: string): Promise<Contact> => {
  const params = { id }
  const reason = words === '' ? {} : { reason: words }
  switch (act) {
    case 'unsubscribe':
      return call(unsubscribeContact, { params, body: { channel, ...reason } })
    case 'resubscribe':
      return call(resubscribeContact, { params, body: { channel, proof: words } })
    case 'block':
      return call(blockContact, { params, body: { channel, ...reason } })
    case 'unblock':
      return call(unblockContact, { params, body: { channel, ...reason } })
  }
}

/** Only the person can take back what the person has done. */
const Refusal = ({ error }: { readonly error: unknown }) => {
  const { t } = useTexts()
  if (error === null) return null
  if (!isProblem(error, 'immutable')) return <ErrorState error={error} />
  return (
    <Alert color="yellow" role="alert" title={t('contacts.only-person')}>
      {t('contacts.only-person-text')}
    </Alert>
  )
}

type DialogProps = {
  readonly act: Act
  readonly contact: Contact
  readonly channel: Channel
  readonly onClose: () => void
}

const Form = ({ act, contact, channel, onClose }: DialogProps) => {
  const { t } = useTexts()
  const readAgain = useContactRefresh()
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const needsProof = act === 'resubscribe'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setError(null)
    try {
      await perform(act, contact.id, channel, words.trim())
      await readAgain()
      notifications.show({ color: 'green', message: t(`contacts.${act}-done`) })
      onClose()
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        <Refusal error={error} />
        <Text size="sm">{t(`contacts.${act}-text`)}</Text>
        <Textarea
          label={t(needsProof ? 'contacts.proof' : 'contacts.reason')}
          {...(needsProof ? { description: t('contacts.proof-hint') } : {})}
          required={needsProof}
          minLength={needsProof ? 3 : 0}
          maxLength={needsProof ? 1000 : 250}
          autosize
          minRows={2}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          data-autofocus
        />
        <FormFoot action={t(`contacts.${act}`)} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

type Props = { readonly contact: Contact; readonly channel: Channel }

/** Unsubscribe is about campaigns; a block is the account's own decision about everything. */
export const ChannelActs = ({ contact, channel }: Props) => {
  const { t } = useTexts()
  const may = useMay()
  const [act, setAct] = useState<Act | null>(null)
  if (!may('contacts.consents.edit')) return null
  const state = contact.channels[channel]
  const acts: readonly Act[] = [
    state.unsubscribed_at === null ? 'unsubscribe' : 'resubscribe',
    state.blocked_at === null ? 'block' : 'unblock',
  ]
  return (
    <>
      {acts.map((one) => (
        <Button key={one} size="xs" variant="default" onClick={() => setAct(one)}>
          {t(`contacts.${one}`)}
        </Button>
      ))}
      <Modal
        opened={act !== null}
        onClose={() => setAct(null)}
        title={act === null ? '' : t(`contacts.${act}-title`, { channel: t(`contacts.channel-${channel}`) })}
      >
        {act === null ? null : (
          <Form act={act} contact={contact} channel={channel} onClose={() => setAct(null)} />
        )}
      </Modal>
    </>
  )
}
