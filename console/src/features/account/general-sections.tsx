import { Select, SimpleGrid, Switch, Textarea, TextInput } from '@mantine/core'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { countries, currencies } from '../../lib/regions.ts'
import { Section } from '../../ui/section.tsx'
import { ZoneSelect } from '../../ui/zone-select.tsx'
import type { GeneralForm } from './general-form.ts'

type Props = { readonly form: GeneralForm }

export const IdentitySection = ({ form }: Props) => {
  const { t } = useTexts()
  return (
    <Section title={t('account.identity')} text={t('account.identity-text')}>
      <TextInput
        label={t('account.name')}
        maxLength={120}
        minLength={2}
        required
        withAsterisk={false}
        {...form.getInputProps('name')}
      />
      <TextInput
        label={t('account.contact-email')}
        description={t('account.contact-email-hint')}
        type="email"
        maxLength={254}
        {...form.getInputProps('contact_email')}
      />
      <Textarea
        label={t('account.postal-address')}
        autosize
        minRows={3}
        maxLength={500}
        {...form.getInputProps('postal_address')}
      />
      <Textarea
        label={t('account.description')}
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('description')}
      />
    </Section>
  )
}

export const RegionSection = ({ form }: Props) => {
  const { t, language } = useTexts()
  return (
    <Section title={t('account.region')} text={t('account.region-text')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('account.language')}
          allowDeselect={false}
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          {...form.getInputProps('default_language')}
        />
        <ZoneSelect label={t('account.time-zone')} {...form.getInputProps('time_zone')} />
        <Select
          label={t('account.country')}
          searchable
          allowDeselect={false}
          data={countries(language)}
          {...form.getInputProps('country')}
        />
        <Select
          label={t('account.currency')}
          searchable
          allowDeselect={false}
          data={currencies(language)}
          {...form.getInputProps('currency')}
        />
      </SimpleGrid>
    </Section>
  )
}

const channels = ['email', 'sms', 'push', 'rcs'] as const

export const ConsentSection = ({ form }: Props) => {
  const { t } = useTexts()
  return (
    <Section title={t('account.consent')} text={t('account.consent-text')}>
      {channels.map((channel) => (
        <Switch
          key={channel}
          label={t(`account.consent-${channel}`)}
          {...form.getInputProps(`require_consent.${channel}`, { type: 'checkbox' })}
        />
      ))}
    </Section>
  )
}
