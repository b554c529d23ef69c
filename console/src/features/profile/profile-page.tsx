import { Button, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { changeMe, getMe, type Me } from '../../../../src/security/contract.ts'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { keyOf, read } from '../../lib/queries.ts'
import { sessionQuery } from '../../lib/session.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormProblems } from '../../ui/form-problems.tsx'
import { LeaveGuard } from '../../ui/leave-guard.tsx'
import { Section } from '../../ui/section.tsx'
import { CardSkeleton } from '../../ui/skeletons.tsx'
import { useSubmit } from '../../ui/submit.ts'
import { ZoneSelect } from '../../ui/zone-select.tsx'
import { ContactData } from './contact-data.tsx'
import { ProfileFrame } from './profile-frame.tsx'

type Values = Pick<Me, 'first_name' | 'last_name' | 'language' | 'time_zone' | 'theme'>

const toValues = ({ first_name, last_name, language, time_zone, theme }: Me): Values => ({
  first_name,
  last_name,
  language,
  time_zone,
  theme,
})

const useProfileForm = (me: Me) => {
  const { t } = useTexts()
  const client = useQueryClient()
  const form = useForm<Values>({ initialValues: toValues(me) })
  const submitting = useSubmit(form, async (values) => {
    const saved = await call(changeMe, { body: values })
    client.setQueryData(keyOf(getMe), saved)
    form.setInitialValues(toValues(saved))
    form.reset()
    notifications.show({ color: 'green', message: t('profile.saved') })
    await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
  })
  return { form, ...submitting }
}

type ProfileFormState = ReturnType<typeof useProfileForm>['form']

const themes = ['light', 'dark', 'auto'] as const

const PersonSection = ({ form, me }: { readonly form: ProfileFormState; readonly me: Me }) => {
  const { t } = useTexts()
  return (
    <Section title={t('profile.person')} text={t('profile.person-text')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('profile.first-name')}
          autoComplete="given-name"
          maxLength={60}
          required
          withAsterisk={false}
          {...form.getInputProps('first_name')}
        />
        <TextInput
          label={t('profile.last-name')}
          autoComplete="family-name"
          maxLength={60}
          required
          withAsterisk={false}
          {...form.getInputProps('last_name')}
        />
        <TextInput label={t('profile.login')} value={me.login} readOnly variant="filled" />
      </SimpleGrid>
    </Section>
  )
}

const ConsoleSection = ({ form }: { readonly form: ProfileFormState }) => {
  const { t } = useTexts()
  return (
    <Section title={t('profile.console')} text={t('profile.console-text')}>
      <Select
        label={t('profile.language')}
        allowDeselect={false}
        data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
        {...form.getInputProps('language')}
      />
      <ZoneSelect
        label={t('profile.time-zone')}
        description={t('profile.time-zone-hint')}
        {...form.getInputProps('time_zone')}
      />
      <div>
        <Text size="sm" fw={500} mb={4} id="profile-theme">
          {t('profile.theme')}
        </Text>
        <SegmentedControl
          aria-labelledby="profile-theme"
          data={themes.map((theme) => ({ value: theme, label: t(`frame.theme-${theme}`) }))}
          {...form.getInputProps('theme')}
        />
      </div>
    </Section>
  )
}

const ProfileForm = ({ me }: { readonly me: Me }) => {
  const { t } = useTexts()
  const { form, busy, error, submit } = useProfileForm(me)
  const labels = { first_name: t('profile.first-name'), last_name: t('profile.last-name') }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblems form={form} error={error} labels={labels} />
        <PersonSection form={form} me={me} />
        <ConsoleSection form={form} />
        <Group justify="flex-end">
          <Button type="submit" loading={busy} disabled={!form.isDirty()}>
            {t('ui.save')}
          </Button>
        </Group>
      </Stack>
      <LeaveGuard when={form.isDirty() && !busy} />
    </form>
  )
}

export const ProfilePage = () => {
  const { data: me, error, refetch } = useQuery(read(getMe))
  return (
    <ProfileFrame>
      {error === null ? null : <ErrorState error={error} onRetry={() => void refetch()} />}
      {me === undefined ? (
        <CardSkeleton />
      ) : (
        <Stack gap="md">
          <ProfileForm me={me} />
          <ContactData me={me} />
        </Stack>
      )}
    </ProfileFrame>
  )
}
