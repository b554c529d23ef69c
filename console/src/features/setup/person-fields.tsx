import { SimpleGrid, TextInput } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import { NewPasswordField } from '../../ui/password-field.tsx'
import type { SetupForm } from './setup-form.ts'

export const usePersonLabels = (): Readonly<Record<string, string>> => {
  const { t } = useTexts()
  const own = {
    first_name: t('setup.first-name'),
    last_name: t('setup.last-name'),
    email: t('setup.email'),
    login: t('setup.login'),
    password: t('setup.password'),
  }
  const of = (who: 'staff' | 'owner') =>
    Object.entries(own).map(([field, label]) => [`${who}.${field}`, label] as const)
  return Object.fromEntries([...of('staff'), ...of('owner'), ['account.name', t('setup.account-name')]])
}

type Props = { readonly form: SetupForm; readonly who: 'staff' | 'owner'; readonly loginHint: string }

export const PersonFields = ({ form, who, loginHint }: Props) => {
  const { t } = useTexts()
  const needed = who === 'staff'
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput
          label={t('setup.first-name')}
          autoComplete="given-name"
          maxLength={60}
          required
          {...form.getInputProps(`${who}.first_name`)}
        />
        <TextInput
          label={t('setup.last-name')}
          autoComplete="family-name"
          maxLength={60}
          required
          {...form.getInputProps(`${who}.last_name`)}
        />
      </SimpleGrid>
      <TextInput
        label={t('setup.email')}
        type="email"
        autoComplete="email"
        maxLength={254}
        required
        {...form.getInputProps(`${who}.email`)}
      />
      <TextInput
        label={t('setup.login')}
        description={loginHint}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={254}
        required={needed}
        {...form.getInputProps(`${who}.login`)}
      />
      <NewPasswordField label={t('setup.password')} required {...form.getInputProps(`${who}.password`)} />
    </>
  )
}
