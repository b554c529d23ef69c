import { Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { createAllowRequest, listAllowRequests } from '../../../../src/inbound/allow-requests/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

type FormProps = { readonly address: string; readonly onClose: () => void }

const Form = ({ address, onClose }: FormProps) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: { address, substantiation: '' } })
  const codes = { email_invalid: 'address', public_domain_refused: 'address', immutable: 'address' } as const
  const { busy, error, submit } = useSubmit(
    form,
    async (body) => {
      await call(createAllowRequest, { body })
      await refresh(client, listAllowRequests)
      notifications.show({ color: 'green', message: t('suppressions.request-sent') })
      onClose()
    },
    { codes },
  )
  const labels = { address: t('suppressions.address'), substantiation: t('suppressions.substantiation') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">{t('suppressions.request-text')}</Text>
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput label={labels.address} type="email" required {...form.getInputProps('address')} />
        <Textarea
          label={labels.substantiation}
          description={t('suppressions.substantiation-hint')}
          required
          autosize
          minRows={3}
          maxLength={1000}
          {...form.getInputProps('substantiation')}
        />
        <FormFoot action={t('suppressions.request-new')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

type Props = FormProps & { readonly opened: boolean }

export const RequestDialog = ({ opened, ...props }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={props.onClose} title={t('suppressions.request-title')}>
      <Form {...props} />
    </Modal>
  )
}
