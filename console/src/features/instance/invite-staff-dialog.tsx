import { Checkbox, Modal, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { inviteStaff, listStaff } from '../../../../src/operator/staff/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useSession } from '../../lib/session.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

const initialValues = { email: '', first_name: '', last_name: '', login: '', permissions: [] as string[] }

const useInvitation = (onClose: () => void) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues })
  const submitting = useSubmit(
    form,
    async (values) => {
      await call(inviteStaff, { body: { ...values, login: values.login.trim() || values.email } })
      notifications.show({ color: 'green', message: t('users.invited', { email: values.email }) })
      await refresh(client, listStaff)
      onClose()
    },
    { codes: { email_taken: 'email', escalation_refused: 'permissions' } },
  )
  return { form, ...submitting }
}

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const { t, find } = useTexts()
  const { permissions: mine } = useSession()
  const { form, busy, error, submit } = useInvitation(onClose)
  const labels = {
    email: t('users.email'),
    first_name: t('users.first-name'),
    last_name: t('users.last-name'),
    login: t('users.login'),
    permissions: t('instance.rights'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('instance.invite-staff-text')}
        </Text>
        <FormProblems form={form} error={error} labels={labels} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={labels.first_name} data-autofocus {...form.getInputProps('first_name')} />
          <TextInput label={labels.last_name} {...form.getInputProps('last_name')} />
          <TextInput type="email" label={labels.email} {...form.getInputProps('email')} />
          <TextInput label={`${labels.login} (${t('ui.optional')})`} {...form.getInputProps('login')} />
        </SimpleGrid>
        <Checkbox.Group
          label={labels.permissions}
          description={t('instance.rights-hint')}
          {...form.getInputProps('permissions')}
        >
          <Stack gap={6} mt="xs">
            {mine.map((key) => (
              <Checkbox
                key={key}
                value={key}
                label={find('instance', `right-${key.replace('operator.', '').replaceAll('.', '-')}`) ?? key}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <FormFoot action={t('users.invite-send')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const InviteStaffDialog = (props: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal {...props} title={t('instance.invite-staff')} size="lg">
      <Form onClose={props.onClose} />
    </Modal>
  )
}
