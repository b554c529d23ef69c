import { SimpleGrid, Switch, TextInput } from '@mantine/core'
import { useTexts } from '../../../../i18n/texts.tsx'
import type { SettingsForm } from './settings-form.ts'

const utmParts = ['source', 'medium', 'campaign', 'content'] as const

export const TrackingFields = ({ form }: { readonly form: SettingsForm }) => {
  const { t } = useTexts()
  const { opens, clicks, utm_on } = form.values
  return (
    <>
      <Switch
        label={t('wizard.track-opens')}
        description={t('wizard.track-opens-hint')}
        {...form.getInputProps('opens', { type: 'checkbox' })}
      />
      <Switch
        label={t('wizard.track-clicks')}
        description={t('wizard.track-clicks-hint')}
        {...form.getInputProps('clicks', { type: 'checkbox' })}
      />
      <Switch
        label={t('wizard.track-anonymous')}
        description={t('wizard.track-anonymous-hint')}
        disabled={!opens && !clicks}
        {...form.getInputProps('anonymous', { type: 'checkbox' })}
      />
      <Switch
        label={t('wizard.utm')}
        description={t('wizard.utm-hint')}
        {...form.getInputProps('utm_on', { type: 'checkbox' })}
      />
      {utm_on ? (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {utmParts.map((part) => (
            <TextInput
              key={part}
              label={`utm_${part}`}
              placeholder={t(`wizard.utm-${part}`)}
              maxLength={100}
              spellCheck={false}
              {...form.getInputProps(`utm.${part}`)}
            />
          ))}
        </SimpleGrid>
      ) : null}
    </>
  )
}
