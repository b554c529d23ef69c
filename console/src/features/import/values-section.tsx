import { Radio, Select, SimpleGrid, Stack } from '@mantine/core'
import { languageNames, languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { countries } from '../../lib/regions.ts'
import { Section } from '../../ui/section.tsx'
import type { SettingsValues } from './settings-values.ts'
import type { SectionProps } from './step-props.ts'

const blanks = ['keep', 'clear'] as const
const duplicates = ['last', 'first', 'reject'] as const

/** How single values are taken: empty cells, the same person twice, what stands for all. */
export const ValuesSection = ({ values, onChange }: SectionProps) => {
  const { t, language } = useTexts()
  const updates = values.rows === 'only_existing' || (values.rows === 'all' && values.update_existing)
  return (
    <Section title={t('imports.values')} text={t('imports.values-text')}>
      {updates ? (
        <Radio.Group
          label={t('imports.blank')}
          value={values.blank}
          onChange={(blank) => onChange({ blank: blank as SettingsValues['blank'] })}
        >
          <Stack gap="xs" mt="xs">
            {blanks.map((one) => (
              <Radio key={one} value={one} label={t(`imports.blank-${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
      ) : null}
      <Radio.Group
        label={t('imports.duplicates')}
        value={values.duplicates}
        onChange={(chosen) => onChange({ duplicates: chosen as SettingsValues['duplicates'] })}
      >
        <Stack gap="xs" mt="xs">
          {duplicates.map((one) => (
            <Radio key={one} value={one} label={t(`imports.duplicates-${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('imports.default-language')}
          description={t('imports.default-hint')}
          clearable
          data={languages.map((one) => ({ value: one, label: languageNames[one] }))}
          value={values.language === '' ? null : values.language}
          onChange={(chosen) => onChange({ language: chosen ?? '' })}
        />
        <Select
          label={t('imports.default-country')}
          description={t('imports.default-country-hint')}
          clearable
          searchable
          data={countries(language)}
          value={values.country === '' ? null : values.country}
          onChange={(chosen) => onChange({ country: chosen ?? '' })}
        />
      </SimpleGrid>
    </Section>
  )
}
