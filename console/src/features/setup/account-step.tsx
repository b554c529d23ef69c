import { Anchor, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { PersonFields } from './person-fields.tsx'
import type { SetupForm } from './setup-form.ts'

export const AccountStep = ({ form }: { readonly form: SetupForm }) => {
  const { t } = useTexts()
  const takeOver = () => {
    const { first_name, last_name, email } = form.getValues().staff
    form.setFieldValue('owner', { ...form.getValues().owner, first_name, last_name, email })
  }
  return (
    <Stack gap="md">
      <Title order={1}>{t('setup.account-title')}</Title>
      <Text c="dimmed">{t('setup.account-text')}</Text>
      <TextInput
        label={t('setup.account-name')}
        description={t('setup.account-name-hint')}
        autoComplete="organization"
        maxLength={120}
        required
        {...form.getInputProps('account.name')}
      />
      <Group justify="space-between" mt="xs">
        <Title order={2}>{t('setup.owner-heading')}</Title>
        <Anchor component="button" type="button" size="sm" onClick={takeOver}>
          {t('setup.same-person')}
        </Anchor>
      </Group>
      <PersonFields form={form} who="owner" loginHint={t('setup.login-owner-hint')} />
    </Stack>
  )
}
