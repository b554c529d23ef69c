import { Radio, SimpleGrid, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { fieldTypes } from '../../../../src/contacts/fields/contract.ts'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { RadioChoice } from '../../ui/radio-choice.tsx'
import type { FieldForm } from './field-form.ts'
import { FieldInput } from './field-input.tsx'
import { nameFromLabel } from './field-label.ts'

type Props = { readonly form: FieldForm; readonly isNew: boolean }

const Labels = ({ form, isNew }: Props) => {
  const { t, language } = useTexts()
  const ordered = [language, ...languages.filter((one) => one !== language)]
  const change = (one: (typeof languages)[number], text: string) => {
    const { name, label } = form.getValues()
    // The proposal follows the label until somebody writes a name of his own.
    if (isNew && one === language && name === nameFromLabel(label[one])) {
      form.setFieldValue('name', nameFromLabel(text))
    }
    form.setFieldValue(`label.${one}`, text)
  }
  return (
    <Stack gap="xs">
      {ordered.map((one) => (
        <TextInput
          key={one}
          label={t('fields.label-in', { language: languageNames[one] })}
          {...(one === language ? { description: t('fields.label-hint'), 'data-autofocus': true } : {})}
          maxLength={100}
          {...form.getInputProps(`label.${one}`)}
          onChange={(event) => change(one, event.currentTarget.value)}
        />
      ))}
    </Stack>
  )
}

const TypeChoice = ({ form }: Pick<Props, 'form'>) => {
  const { t } = useTexts()
  return (
    <Radio.Group
      label={t('fields.type')}
      description={t('fields.type-hint')}
      {...form.getInputProps('type')}
      onChange={(type) => form.setValues({ type: type as (typeof fieldTypes)[number], default: '' })}
    >
      <SimpleGrid cols={2} mt="xs" spacing="xs">
        {fieldTypes.map((type) => (
          <RadioChoice
            key={type}
            value={type}
            title={t(`fields.type-${type}`)}
            hint={t(`fields.type-${type}-hint`)}
          />
        ))}
      </SimpleGrid>
    </Radio.Group>
  )
}

export const FieldFormInputs = ({ form, isNew }: Props) => {
  const { t } = useTexts()
  const { type, multi_line } = form.getValues()
  return (
    <>
      <Labels form={form} isNew={isNew} />
      <TextInput
        label={t('fields.name')}
        description={t(isNew ? 'fields.name-hint' : 'fields.name-fixed')}
        disabled={!isNew}
        required
        maxLength={50}
        {...form.getInputProps('name')}
      />
      {isNew ? (
        <TypeChoice form={form} />
      ) : (
        <TextInput label={t('fields.type')} value={t(`fields.type-${type}`)} disabled />
      )}
      {type === 'text' ? (
        <Switch
          label={t('fields.multi-line')}
          description={t('fields.multi-line-hint')}
          {...form.getInputProps('multi_line', { type: 'checkbox' })}
        />
      ) : null}
      <Textarea
        label={t('fields.description')}
        autosize
        minRows={2}
        maxLength={250}
        {...form.getInputProps('description')}
      />
      <div>
        <FieldInput
          field={{ type, multi_line, name: 'default', label: {}, description: null }}
          label={t('fields.default')}
          value={form.getValues().default}
          onChange={(text) => form.setFieldValue('default', text)}
          error={form.errors['default']}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {t('fields.default-hint')}
        </Text>
      </div>
    </>
  )
}
