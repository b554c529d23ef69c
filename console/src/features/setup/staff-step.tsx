import { Stack, Text, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { PersonFields } from './person-fields.tsx'
import type { SetupForm } from './setup-form.ts'

export const StaffStep = ({ form }: { readonly form: SetupForm }) => {
  const { t } = useTexts()
  return (
    <Stack gap="md">
      <Title order={1}>{t('setup.staff-title')}</Title>
      <Text c="dimmed">{t('setup.staff-text')}</Text>
      <PersonFields form={form} who="staff" loginHint={t('setup.login-staff-hint')} />
    </Stack>
  )
}
