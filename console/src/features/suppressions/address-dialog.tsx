import { Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { addSuppressions, listSuppressions } from '../../../../src/contacts/suppressions/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: { address: '', comment: '' } })
  const { busy, error, submit } = useSubmit(form, async ({ address, comment }) => {
    const words = comment.trim()
    const { data } = await call(addSuppressions, {
      body: { items: [{ channel: 'email', address, ...(words === '' ? {} : { comment: words }) }] },
    })
    const refused = data[0]?.error?.code
    if (refused !== undefined) {
      form.setFieldError('address', find('problems', refused) ?? refused)
      return
    }
    await refresh(client, listSuppressions)
    notifications.show({ color: 'green', message: t('suppressions.added') })
    onClose()
  })
  const labels = { address: t('suppressions.add-address'), comment: t('suppressions.add-comment') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.address}
          type="email"
          required
          data-autofocus
          maxLength={320}
          {...form.getInputProps('address')}
        />
        <TextInput
          label={`${labels.comment} (${t('ui.optional')})`}
          maxLength={500}
          {...form.getInputProps('comment')}
        />
        <FormFoot action={t('suppressions.add')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

type Props = { readonly opened: boolean; readonly onClose: () => void }

export const AddressDialog = ({ opened, onClose }: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={opened} onClose={onClose} title={t('suppressions.add')}>
      <Form onClose={onClose} />
    </Modal>
  )
}
