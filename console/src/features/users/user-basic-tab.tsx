import { Button, Fieldset, Group, Select, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { changeUser, getUser, listUsers, type User } from '../../../../src/security/users/contract.ts'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, refresh } from '../../lib/queries.ts'
import { useMay, useSession } from '../../lib/session.ts'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { ZoneSelect } from '../../ui/zone-select.tsx'
import { MfaSetting } from '../security/index.ts'
import { nameOf } from './names.ts'

const codes = { phone_not_allowed: 'phone', factor_required: 'phone', last_owner: 'sign_in_allowed' }

const toValues = (user: User) => ({
  first_name: user.first_name,
  last_name: user.last_name,
  phone: user.phone ?? '',
  language: user.language,
  time_zone: user.time_zone,
  valid_until: user.valid_until ?? '',
  sign_in_allowed: user.sign_in_allowed,
})
type Values = ReturnType<typeof toValues>

/** Whose second factor asks for the right over security too; own roles are judged by the server. */
const isAdministrator = (user: User): boolean =>
  user.roles.some((role) => role.built_in === 'owner' || role.built_in === 'administrator')

/** Only what was changed is sent: the own number and access, for one, are never touched here. */
const changedOf = (before: Values, after: Values) => {
  const phone = after.phone.replaceAll(/[\s-]/g, '')
  const texts = Object.entries(after).filter(
    ([name, value]) => value !== before[name as keyof Values] && name !== 'phone' && name !== 'valid_until',
  )
  return {
    ...(Object.fromEntries(texts) as Partial<Omit<Values, 'phone' | 'valid_until'>>),
    ...(phone === before.phone ? {} : { phone: phone === '' ? null : phone }),
    ...(after.valid_until === before.valid_until ? {} : { valid_until: after.valid_until || null }),
  }
}

const useUserForm = (user: User) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm({ initialValues: toValues(user) })
  const submitting = useSubmit(
    form,
    async (values) => {
      const body = changedOf(toValues(user), values)
      const saved = await call(changeUser, { params: { id: user.id }, body, ifMatch: user.version })
      client.setQueryData(keyOf(getUser, { params: { id: user.id } }), saved)
      form.setInitialValues(toValues(saved))
      form.reset()
      notifications.show({ color: 'green', message: t('users.saved') })
      await refresh(client, listUsers)
    },
    { codes },
  )
  return { form, ...submitting }
}

type Parts = {
  readonly form: ReturnType<typeof useUserForm>['form']
  readonly user: User
  readonly own: boolean
}

const Person = ({ form, user, own }: Parts) => {
  const { t } = useTexts()
  const unproven = user.phone !== null && !user.phone_verified && form.values.phone === user.phone
  return (
    <Section title={t('users.person')} text={t('users.person-text')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput label={t('users.first-name')} maxLength={60} {...form.getInputProps('first_name')} />
        <TextInput label={t('users.last-name')} maxLength={60} {...form.getInputProps('last_name')} />
        <TextInput label={t('users.login')} value={user.login} readOnly variant="filled" />
        <TextInput label={t('users.email')} value={user.email} readOnly variant="filled" />
        <TextInput
          label={t('users.phone')}
          type="tel"
          description={unproven ? t('users.phone-unproven') : t('users.phone-hint')}
          readOnly={own}
          {...form.getInputProps('phone')}
        />
        <Select
          label={t('users.language')}
          allowDeselect={false}
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          {...form.getInputProps('language')}
        />
      </SimpleGrid>
      <ZoneSelect label={t('users.time-zone')} {...form.getInputProps('time_zone')} />
    </Section>
  )
}

const Access = ({ form, own }: Parts) => {
  const { t } = useTexts()
  return (
    <Section title={t('users.access')} text={t('users.access-text')}>
      <Switch
        label={t('users.sign-in-allowed')}
        disabled={own}
        {...form.getInputProps('sign_in_allowed', { type: 'checkbox' })}
      />
      <TextInput
        type="date"
        maw={220}
        label={t('users.valid-until')}
        description={t('users.valid-until-hint')}
        disabled={own}
        {...form.getInputProps('valid_until')}
      />
    </Section>
  )
}

export const UserBasicTab = ({ user }: { readonly user: User }) => {
  const { t } = useTexts()
  const may = useMay()
  const session = useSession()
  const { form, busy, error, submit } = useUserForm(user)
  const own = session.user.id === user.id
  const labels = {
    first_name: t('users.first-name'),
    last_name: t('users.last-name'),
    phone: t('users.phone'),
    valid_until: t('users.valid-until'),
    sign_in_allowed: t('users.sign-in-allowed'),
  }
  return (
    <Stack gap="md">
      <form onSubmit={submit} noValidate>
        <Fieldset variant="unstyled" disabled={!may('account.users.manage')}>
          <Stack gap="md">
            <FormProblems form={form} error={error} labels={labels} />
            <Person form={form} user={user} own={own} />
            <Access form={form} user={user} own={own} />
            {may('account.users.manage') ? (
              <Group justify="flex-end">
                <Button type="submit" loading={busy} disabled={!form.isDirty()}>
                  {t('ui.save')}
                </Button>
              </Group>
            ) : null}
          </Stack>
        </Fieldset>
        <LeaveGuard when={form.isDirty() && !busy} />
      </form>
      <Section title={t('users.second-factor')} text={t('users.second-factor-text')}>
        <MfaSetting userId={user.id} name={nameOf(user)} administrator={isAdministrator(user)} />
      </Section>
    </Stack>
  )
}
