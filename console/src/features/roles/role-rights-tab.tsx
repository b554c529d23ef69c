import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeRole,
  getRole,
  listPermissions,
  listRoles,
  type Role,
} from '../../../../src/security/roles/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, read, refresh } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { RowsSkeleton } from '../../ui/skeletons.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { PermissionTree } from './permission-tree.tsx'

const useRoleForm = (role: Role) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(role.permissions))
  const form = useForm({ initialValues: { name: role.name } })
  const submitting = useSubmit(
    form,
    async ({ name }) => {
      const body = { name, permissions: [...chosen] }
      const saved = await call(changeRole, { params: { id: role.id }, body, ifMatch: role.version })
      client.setQueryData(keyOf(getRole, { params: { id: role.id } }), saved)
      setChosen(new Set(saved.permissions))
      form.setInitialValues({ name: saved.name })
      form.reset()
      notifications.show({ color: 'green', message: t('roles.saved') })
      await refresh(client, listRoles)
    },
    { codes: { name_taken: 'name' } },
  )
  const before = new Set(role.permissions)
  const dirty = form.isDirty() || before.size !== chosen.size || [...chosen].some((key) => !before.has(key))
  return { form, chosen, setChosen, dirty, ...submitting }
}

export const RoleRightsTab = ({ role }: { readonly role: Role }) => {
  const { t } = useTexts()
  const may = useMay()
  const session = useSession()
  const words = useQuery(read(listPermissions))
  const { form, chosen, setChosen, dirty, busy, error, submit } = useRoleForm(role)
  const mine = session.roles.some((one) => one.id === role.id)
  const locked = role.built_in || mine || !may('account.roles.manage')
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={{ name: t('roles.new-name') }} />
        {role.built_in ? null : (
          <TextInput
            label={t('roles.new-name')}
            maxLength={60}
            maw={340}
            readOnly={locked}
            {...form.getInputProps('name')}
          />
        )}
        {words.error === null ? null : (
          <ErrorState error={words.error} onRetry={() => void words.refetch()} />
        )}
        {words.data === undefined ? (
          <RowsSkeleton rows={6} />
        ) : (
          <PermissionTree words={words.data.data} chosen={chosen} locked={locked} onChange={setChosen} />
        )}
        {locked ? null : (
          <Group justify="flex-end">
            <Button type="submit" loading={busy} disabled={!dirty}>
              {t('roles.save')}
            </Button>
          </Group>
        )}
      </Stack>
      <LeaveGuard when={dirty && !busy} />
    </form>
  )
}
