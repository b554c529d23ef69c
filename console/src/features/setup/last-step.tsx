import { Stack, Switch, Text, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import type { SetupForm } from './setup-form.ts'
import classes from './setup-wizard.module.css'

export const LastStep = ({ form }: { readonly form: SetupForm }) => {
  const { t } = useTexts()
  const { staff, account, owner } = form.getValues()
  const name = (person: typeof staff) => `${person.first_name} ${person.last_name}`
  return (
    <Stack gap="md">
      <Title order={1}>{t('setup.last-title')}</Title>
      <Text c="dimmed">{t('setup.last-text')}</Text>
      <dl className={classes.facts}>
        <dt>{t('setup.summary-staff')}</dt>
        <dd>
          {name(staff)}, {t('setup.signs-in-as', { login: staff.login })}
        </dd>
        <dt>{t('setup.summary-account')}</dt>
        <dd>{account.name}</dd>
        <dt>{t('setup.summary-owner')}</dt>
        <dd>
          {name(owner)}, {t('setup.signs-in-as', { login: owner.login || owner.email })}
        </dd>
      </dl>
      <Switch
        label={t('setup.demo')}
        description={t('setup.demo-text')}
        {...form.getInputProps('demo_data', { type: 'checkbox' })}
      />
    </Stack>
  )
}
