import { Modal, MultiSelect, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { createInvitation } from '../../../../src/security/invitations/contract.ts'
import { getUser, listUsers } from '../../../../src/security/users/contract.ts'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { useRoleChoices } from './role-choices.ts'

const codes = {
  email_taken: 'email',
  phone_not_allowed: 'phone',
  phone_required: 'phone',
  escalation_refused: 'role_ids',
}
const initialValues = {
  email: '',
  first_name: '',
  last_name: '',
  phone: '',
  language: 'en' as (typeof languages)[number],
  role_ids: [] as string[],
}

const useInvitation = (onDone: () => void) => {
  const { t, language } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: { ...initialValues, language } })
  const submitting = useSubmit(
    form,
    async ({ phone, ...values }) => {
      const given = phone.replaceAll(/[\s-]/g, '')
      const body = { ...values, ...(given === '' ? {} : { phone: given }) }
      const { email } = await call(createInvitation, { body })
      notifications.show({ color: 'green', message: t('users.invited', { email }) })
      await refresh(client, listUsers, getUser)
      onDone()
    },
    { codes },
  )
  return { form, ...submitting }
}

const Form = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useInvitation(onClose)
  const labels = {
    email: t('users.email'),
    first_name: t('users.first-name'),
    last_name: t('users.last-name'),
    phone: t('users.phone'),
    role_ids: t('users.roles'),
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {t('users.invite-text')}
        </Text>
        <FormProblems form={form} error={error} labels={labels} />
        <TextInput
          type="email"
          label={labels.email}
          maxLength={254}
          data-autofocus
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput label={labels.first_name} maxLength={60} {...form.getInputProps('first_name')} />
          <TextInput label={labels.last_name} maxLength={60} {...form.getInputProps('last_name')} />
        </SimpleGrid>
        <MultiSelect
          label={labels.role_ids}
          description={t('users.roles-hint')}
          data={useRoleChoices()}
          searchable
          {...form.getInputProps('role_ids')}
        />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <TextInput
            label={`${labels.phone} (${t('ui.optional')})`}
            description={t('users.phone-hint')}
            type="tel"
            {...form.getInputProps('phone')}
          />
          <Select
            label={t('users.language')}
            allowDeselect={false}
            data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
            {...form.getInputProps('language')}
          />
        </SimpleGrid>
        <FormFoot action={t('users.invite-send')} busy={busy} onCancel={onClose} />
      </Stack>
    </form>
  )
}

export const InviteDialog = (props: { readonly opened: boolean; readonly onClose: () => void }) => {
  const { t } = useTexts()
  return (
    <Modal {...props} title={t('users.invite-title')} size="lg">
      <Form onClose={props.onClose} />
    </Modal>
  )
}
