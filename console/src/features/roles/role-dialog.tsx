import { Modal, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createRole, listRoles } from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { FormFoot } from '../../ui/form-foot.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { useSubmit } from '../../ui/submit.ts'

type Props = {
  readonly opened: boolean
  readonly onClose: () => void
  readonly name: string
  /** What the new role starts with; those the person does not hold stay behind. */
  readonly permissions: readonly string[]
}

const Form = ({ onClose, name, permissions }: Props) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const navigate = useNavigate()
  const form = useForm({ initialValues: { name } })
  const { busy, error, submit } = useSubmit(
    form,
    async (values) => {
      const role = await call(createRole, { body: { ...values, permissions: [...permissions] } })
      notifications.show({ color: 'green', message: t('roles.created', { name: role.name }) })
      onClose()
      await refresh(client, listRoles)
      await navigate({ to: `/account/roles/${role.id}` })
    },
    { codes: { name_taken: 'name' } },
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ name: t('roles.new-name') }} />
        <TextInput
          label={t('roles.new-name')}
          maxLength={60}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <FormFoot
          action={t('roles.create')}
          busy={busy}
          onCancel={onClose}
          disabled={form.values.name.trim().length < 2}
        />
      </Stack>
    </form>
  )
}

export const RoleDialog = (props: Props) => {
  const { t } = useTexts()
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={t('roles.new')}>
      <Form {...props} />
    </Modal>
  )
}
