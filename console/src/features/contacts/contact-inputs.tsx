import { Select, SimpleGrid, TextInput } from '@mantine/core'
import type { Field } from '../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { useSeesPersonalData } from '../../lib/personal-data.ts'
import { countries } from '../../lib/regions.ts'
import { ZoneSelect } from '../../ui/zone-select.tsx'
import { FieldInput } from '../fields/index.ts'
import type { ContactForm } from './contact-form.ts'
import { FormPart } from './form-part.tsx'
import { languageChoices } from './language-choices.ts'

type Props = { readonly form: ContactForm }

/** A new contact may get an address from anybody; a masked one is not changed by who does not see it. */
export const KeyInputs = ({ form, isNew }: Props & { readonly isNew: boolean }) => {
  const { t } = useTexts()
  const whole = useSeesPersonalData()
  const masked = isNew || whole ? {} : { disabled: true, description: t('contacts.masked-input') }
  return (
    <FormPart title={t('contacts.keys')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('contacts.field-email')}
          type="email"
          autoComplete="off"
          data-autofocus
          {...masked}
          {...form.getInputProps('email')}
        />
        <TextInput
          label={t('contacts.field-phone')}
          type="tel"
          autoComplete="off"
          {...masked}
          {...form.getInputProps('phone')}
        />
        <TextInput
          label={t('contacts.field-external_id')}
          description={t('contacts.external-id-hint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={150}
          {...form.getInputProps('external_id')}
        />
      </SimpleGrid>
    </FormPart>
  )
}

export const PersonInputs = ({ form }: Props) => {
  const { t, language } = useTexts()
  const values = form.getValues()
  const text = (name: 'first_name' | 'last_name' | 'company') => (
    <TextInput
      label={t(`contacts.field-${name}`)}
      maxLength={150}
      autoComplete="off"
      {...form.getInputProps(name)}
    />
  )
  const choice = (name: 'language' | 'country' | 'time_zone') => ({
    label: t(`contacts.field-${name}`),
    clearable: true,
    value: values[name] === '' ? null : values[name],
    onChange: (value: string | null) => form.setFieldValue(name, value ?? ''),
    error: form.errors[name],
  })
  return (
    <FormPart title={t('contacts.person')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {text('first_name')}
        {text('last_name')}
        {text('company')}
        <Select searchable data={languageChoices(language, values.language)} {...choice('language')} />
        <Select searchable data={countries(language)} {...choice('country')} />
        <ZoneSelect allowDeselect {...choice('time_zone')} />
      </SimpleGrid>
    </FormPart>
  )
}

type OwnProps = Props & { readonly fields: readonly Field[] }

export const OwnFieldInputs = ({ form, fields }: OwnProps) => {
  const { t } = useTexts()
  if (fields.length === 0) return null
  return (
    <FormPart title={t('contacts.additional-fields')}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {fields.map((field) => (
          <FieldInput
            key={field.name}
            field={field}
            value={form.getValues().fields[field.name] ?? ''}
            onChange={(text) => form.setFieldValue(`fields.${field.name}`, text)}
            error={form.errors[`fields.${field.name}`]}
          />
        ))}
      </SimpleGrid>
    </FormPart>
  )
}
