import { Stack, Switch, Text, Title } from '@mantine/core'
import { useTexts } from '../../i18n/texts.tsx'
import type { SetupForm } from './setup-form.ts'
import type { SetupOffer } from './setup-offer.ts'
import classes from './setup-wizard.module.css'

type Props = { readonly form: SetupForm; readonly offer: SetupOffer }

/** Why the address of this browser cannot be the first entry; null when it can. */
const useRefusal = (offer: SetupOffer): string | null => {
  const { t, find } = useTexts()
  if (offer.restrict_possible) return null
  return find('setup', `restrict-${offer.restrict_refused}`) ?? t('setup.restrict-other')
}

export const LastStep = ({ form, offer }: Props) => {
  const { t } = useTexts()
  const refusal = useRefusal(offer)
  const { staff, account, owner } = form.getValues()
  const name = (person: typeof owner) => `${person.first_name} ${person.last_name}`
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
        label={t('setup.restrict', { address: offer.current_address ?? '?' })}
        description={refusal ?? t('setup.restrict-text')}
        disabled={refusal !== null}
        {...form.getInputProps('restrict_to_current_address', { type: 'checkbox' })}
      />
      <Switch
        label={t('setup.grant')}
        description={t('setup.grant-text')}
        {...form.getInputProps('grant_mfa', { type: 'checkbox' })}
      />
      <Switch
        label={t('setup.demo')}
        description={t('setup.demo-text')}
        {...form.getInputProps('demo_data', { type: 'checkbox' })}
      />
    </Stack>
  )
}
