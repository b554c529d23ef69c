import { Button, Group, Modal, Stack, Switch, TextInput } from '@mantine/core'
import { isEmail, useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { changeSender, createSender, listSenders, type Sender } from '../../../../src/senders/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { RoleField } from '../roles/index.ts'

type Values = { name: string; email: string; reply_to: string; default: boolean; allowed_role_ids: string[] }

const toValues = (sender: Sender | null): Values => ({
  name: sender?.name ?? '',
  email: sender?.email ?? '',
  reply_to: sender?.reply_to ?? '',
  default: sender?.default ?? false,
  allowed_role_ids: sender?.allowed_role_ids ?? [],
})

const toBody = (values: Values) => ({
  name: values.name.trim(),
  email: values.email.trim(),
  reply_to: values.reply_to.trim() === '' ? null : values.reply_to.trim(),
  default: values.default,
  allowed_role_ids: values.allowed_role_ids,
})

const save = (sender: Sender | null, values: Values): Promise<Sender> =>
  sender === null
    ? call(createSender, { body: toBody(values) })
    : call(changeSender, { params: { id: sender.id }, body: toBody(values), ifMatch: sender.version })

const useSenderForm = (sender: Sender | null, onClose: () => void) => {
  const { t, find } = useTexts()
  const client = useQueryClient()
  const filled = (value: string) => (value.trim() === '' ? find('problems', 'field.required') : null)
  const address = isEmail(find('problems', 'email_invalid'))
  const form = useForm<Values>({
    initialValues: toValues(sender),
    validate: {
      name: filled,
      email: (value) => address(value.trim()),
      reply_to: (value) => (value.trim() === '' ? null : address(value.trim())),
    },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      await save(sender, values)
      await refresh(client, listSenders)
      notifications.show({ color: 'green', message: t('senders.saved') })
      onClose()
    },
    { codes: { name_taken: 'email', email_invalid: 'email' } },
  )
  return { form, ...submitting }
}

type Props = { readonly sender: Sender | null; readonly onClose: () => void }

const SenderForm = ({ sender, onClose }: Props) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useSenderForm(sender, onClose)
  const labels = {
    name: t('senders.name'),
    email: t('senders.email'),
    reply_to: t('senders.reply-to'),
    default: t('senders.default'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          label={labels.name}
          description={t('senders.name-hint')}
          maxLength={150}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <TextInput
          label={labels.email}
          type="email"
          maxLength={254}
          required
          {...form.getInputProps('email')}
        />
        <TextInput
          label={labels.reply_to}
          description={t('senders.reply-to-hint')}
          type="email"
          maxLength={254}
          {...form.getInputProps('reply_to')}
        />
        <Switch
          label={labels.default}
          description={t('senders.default-hint')}
          disabled={sender?.default === true}
          {...form.getInputProps('default', { type: 'checkbox' })}
        />
        <RoleField
          label={t('senders.roles')}
          description={t('senders.roles-hint')}
          {...form.getInputProps('allowed_role_ids')}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Adds a sender, or changes the given one. */
export const SenderDialog = ({ opened, ...props }: Props & { readonly opened: boolean }) => {
  const { t } = useTexts()
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      title={t(props.sender === null ? 'senders.add' : 'senders.edit-title')}
    >
      <SenderForm key={props.sender?.id ?? 'new'} {...props} />
    </Modal>
  )
}
