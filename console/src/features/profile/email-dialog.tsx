import { Alert, Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { changeOwnEmail } from '../../../../src/security/contact-data/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

type Props = { readonly opened: boolean; readonly onClose: () => void }

const Form = ({ onClose }: Pick<Props, 'onClose'>) => {
  const { t } = useTexts()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({ initialValues: { email: '' } })
  const { busy, error, submit } = useSubmit(form, async (body) => {
    await call(changeOwnEmail, { body })
    setSentTo(body.email)
  })
  if (sentTo !== null)
    return (
      <Alert color="green" role="status">
        {t('contact-data.email-sent', { email: sentTo })}
      </Alert>
    )
  const label = t('contact-data.email-new')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ email: label }} />
        <TextInput
          type="email"
          label={label}
          description={t('contact-data.email-hint')}
          autoComplete="email"
          maxLength={254}
          data-autofocus
          {...form.getInputProps('email')}
        />
        <FormFoot
          action={t('contact-data.email-send')}
          busy={busy}
          onCancel={onClose}
          disabled={form.values.email.trim() === ''}
        />
      </Stack>
    </form>
  )
}

export const EmailDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('contact-data.email-change')}>
      <Form onClose={onClose} />
    </Modal>
  )
}
