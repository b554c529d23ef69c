import { Button, Group, MultiSelect, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { listGroups } from '../../../../src/contacts/groups/contract.ts'
import { listPermissions, listRoles } from '../../../../src/security/roles/contract.ts'
import {
  assignRoles,
  getEffectivePermissions,
  getUser,
  listUsers,
  type User,
} from '../../../../src/security/users/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, read, refresh } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { EffectiveRights } from './effective-rights.tsx'
import { useRoleChoices } from './role-choices.ts'

const codes = {
  escalation_refused: 'role_ids',
  last_owner: 'role_ids',
  unknown_role: 'role_ids',
  unknown_permission: 'allow',
}

const toValues = (user: User) => ({
  role_ids: user.roles.map((role) => role.id),
  allow: user.allow,
  deny: user.deny,
  groups: user.scopes.contacts ?? [],
})

const useRights = (user: User) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: toValues(user) })
  const submitting = useSubmit(
    form,
    async ({ groups, ...values }) => {
      const { contacts: _contacts, ...others } = user.scopes
      const scopes = groups.length === 0 ? others : { ...others, contacts: groups }
      const saved = await call(assignRoles, {
        params: { id: user.id },
        body: { ...values, scopes },
        ifMatch: user.version,
      })
      client.setQueryData(keyOf(getUser, { params: { id: user.id } }), saved)
      form.setInitialValues(toValues(saved))
      form.reset()
      notifications.show({ color: 'green', message: t('users.rights-saved') })
      await refresh(client, listUsers, getEffectivePermissions, listRoles)
    },
    { codes, rename: { 'scopes.contacts': 'groups' } },
  )
  return { form, ...submitting }
}

/** By area, so that a long list stays readable; what the person may not give is greyed. */
const usePermissionChoices = (kept: readonly string[]) => {
  const { data } = useQuery(read(listPermissions))
  const areas = new Map<string, { value: string; label: string; disabled: boolean }[]>()
  for (const one of data?.data ?? []) {
    const items = areas.get(one.area_label) ?? []
    const disabled = !one.grantable && !kept.includes(one.key)
    areas.set(one.area_label, [
      ...items,
      { value: one.key, label: `${one.node_label}: ${one.leaf_label}`, disabled },
    ])
  }
  return [...areas].map(([group, items]) => ({ group, items }))
}

const useGroupChoices = () => {
  const may = useMay()
  const { data } = useQuery({
    ...read(listGroups, { query: { limit: 1000 } }),
    enabled: may('contacts.groups.view'),
  })
  return (data?.data ?? []).map((group) => ({ value: group.id, label: group.name }))
}

type FieldsProps = {
  readonly user: User
  readonly form: ReturnType<typeof useRights>['form']
  readonly locked: boolean
}

const Fields = ({ user, form, locked }: FieldsProps) => {
  const { t } = useTexts()
  const shared = { searchable: true, clearable: !locked, disabled: locked, hidePickedOptions: true }
  return (
    <>
      <Section title={t('users.roles')} text={t('users.roles-text')}>
        <MultiSelect
          {...shared}
          label={t('users.roles')}
          description={t('users.roles-hint')}
          data={useRoleChoices(user.roles.map((role) => role.id))}
          {...form.getInputProps('role_ids')}
        />
      </Section>
      <Section title={t('users.direct')} text={t('users.direct-text')}>
        <MultiSelect
          {...shared}
          label={t('users.allowed')}
          data={usePermissionChoices(user.allow)}
          {...form.getInputProps('allow')}
        />
        <MultiSelect
          {...shared}
          label={t('users.denied')}
          data={usePermissionChoices(user.deny).map(({ group, items }) => ({
            group,
            items: items.map((item) => ({ ...item, disabled: false })),
          }))}
          {...form.getInputProps('deny')}
        />
      </Section>
      <Section title={t('users.scopes')} text={t('users.scopes-text')}>
        <MultiSelect
          {...shared}
          label={t('users.scope-groups')}
          data={useGroupChoices()}
          {...form.getInputProps('groups')}
        />
      </Section>
    </>
  )
}

export const UserPermissionsTab = ({ user }: { readonly user: User }) => {
  const { t } = useTexts()
  const may = useMay()
  const session = useSession()
  const { form, busy, error, submit } = useRights(user)
  const locked = !may('account.users.manage') || session.user.id === user.id
  const labels = {
    role_ids: t('users.roles'),
    allow: t('users.allowed'),
    deny: t('users.denied'),
    groups: t('users.scope-groups'),
  }
  return (
    <Stack gap="md">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormProblems form={form} error={error} labels={labels} />
          <Fields user={user} form={form} locked={locked} />
          {locked ? null : (
            <Group justify="flex-end">
              <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                {t('users.save-rights')}
              </Button>
            </Group>
          )}
        </Stack>
        <LeaveGuard when={form.isDirty() && !busy} />
      </form>
      <EffectiveRights user={user} />
    </Stack>
  )
}
