import { TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTexts } from '../../../../i18n/texts.tsx'
import type { SettingsForm } from './settings-form.ts'

export const NameFields = ({ form }: { readonly form: SettingsForm }) => {
  const { t } = useTexts()
  return (
    <>
      <TextInput
        label={t('campaigns.name')}
        description={t('campaigns.name-hint')}
        maxLength={150}
        required
        {...form.getInputProps('name')}
      />
      <Textarea
        label={t('wizard.description')}
        autosize
        minRows={2}
        maxLength={500}
        {...form.getInputProps('description')}
      />
      <TagsInput
        label={t('campaigns.labels')}
        description={t('wizard.labels-hint')}
        maxTags={10}
        clearable
        {...form.getInputProps('labels')}
      />
      <TextInput
        label={t('wizard.external-id')}
        description={t('wizard.external-id-hint')}
        maxLength={64}
        spellCheck={false}
        {...form.getInputProps('external_id')}
      />
    </>
  )
}
