import { Modal, Radio, Select, SimpleGrid, Stack, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { addConsent } from '../../../../src/contacts/consents/contract.ts'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { shownChannels } from './channel-words.ts'
import { useContactRefresh } from './contact-form.ts'

type Props = { readonly contact: Contact; readonly opened: boolean; readonly onClose: () => void }
type Values = { act: 'granted' | 'interest' | 'withdrawn'; channel: 'email' | 'sms'; text: string }

const acts = ['granted', 'interest', 'withdrawn'] as const

const toBody = ({ act, channel, text }: Values) => ({
  channel,
  purpose: 'marketing' as const,
  state: act === 'interest' ? ('unknown' as const) : act,
  ...(act === 'withdrawn'
    ? {}
    : { basis: act === 'granted' ? ('consent' as const) : ('legitimate_interest' as const) }),
  ...(text.trim() === '' ? {} : { text: text.trim() }),
})

const useConsentForm = (contact: Contact, onDone: () => void) => {
  const { t } = useTexts()
  const readAgain = useContactRefresh()
  const form = useForm<Values>({
    initialValues: { act: 'granted', channel: 'email', text: '' },
    validate: {
      text: (text, { act }) =>
        act === 'granted' && text.trim() === '' ? t('contacts.consent-text-needed') : null,
    },
  })
  const submitting = useSubmit(form, async (values) => {
    await call(addConsent, { params: { id: contact.id }, body: toBody(values) })
    await readAgain()
    notifications.show({ color: 'green', message: t('contacts.consent-recorded') })
    onDone()
  })
  return { form, ...submitting }
}

const Form = ({ contact, onClose }: Props) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useConsentForm(contact, onClose)
  const { act } = form.getValues()
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ text: t('contacts.consent-text') }} />
        <Radio.Group label={t('contacts.what-happened')} {...form.getInputProps('act')}>
          <Stack gap="xs" mt="xs">
            {acts.map((one) => (
              <Radio key={one} value={one} label={t(`contacts.act-${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <SimpleGrid cols={2}>
          <Select
            label={t('contacts.channel')}
            allowDeselect={false}
            data={shownChannels.map((channel) => ({
              value: channel,
              label: t(`contacts.channel-${channel}`),
            }))}
            {...form.getInputProps('channel')}
          />
        </SimpleGrid>
        <Textarea
          label={t('contacts.consent-text')}
          description={t('contacts.consent-text-hint')}
          required={act === 'granted'}
          autosize
          minRows={2}
          maxLength={1000}
          {...form.getInputProps('text')}
        />
        <FormFoot action={t('contacts.record')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

/** A consent somebody gave or took back elsewhere: on paper, at a fair, on the phone. */
export const ConsentDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('contacts.record-consent')}>
      <Form {...props} />
    </Modal>
  )
}
