import { Stack } from '@mantine/core'
import { useTexts } from '../../../../i18n/texts.tsx'
import { Section } from '../../../../ui/section.tsx'
import { StepFrame } from '../step-frame.tsx'
import type { StepProps } from '../step-props.ts'
import { FromFields } from './from-fields.tsx'
import { NameFields } from './name-fields.tsx'
import { useSettingsForm } from './settings-form.ts'
import { TopicField } from './topic-field.tsx'
import { TrackingFields } from './tracking-fields.tsx'

export const SettingsStep = ({ campaign, onReload }: StepProps) => {
  const { t } = useTexts()
  const { form, save, hasFieldErrors } = useSettingsForm(campaign)
  return (
    <StepFrame campaign={campaign} step="settings" save={save} onReload={onReload} ownErrors={hasFieldErrors}>
      <Stack gap="md">
        <Section title={t('wizard.naming')} text={t('wizard.naming-text')}>
          <NameFields form={form} />
        </Section>
        <Section title={t('wizard.from')} text={t('wizard.from-text')}>
          <FromFields form={form} campaign={campaign} />
        </Section>
        <Section title={t('wizard.topic-language')} text={t('wizard.topic-language-text')}>
          <TopicField form={form} />
        </Section>
        <Section title={t('wizard.tracking')} text={t('wizard.tracking-text')}>
          <TrackingFields form={form} />
        </Section>
      </Stack>
    </StepFrame>
  )
}
