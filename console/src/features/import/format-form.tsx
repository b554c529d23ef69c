import { Select, SimpleGrid, Switch } from '@mantine/core'
import {
  dateStyles,
  encodings,
  type FormatWish,
  type ImportFormat,
  separators,
} from '../../../../src/contacts/import/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'

type Props = {
  readonly format: ImportFormat
  readonly busy: boolean
  readonly onChange: (wish: FormatWish) => void
}

const separatorNames = { ';': 'semicolon', ',': 'comma', '\t': 'tab', '|': 'bar' } as const
const decimals = ['.', ','] as const

/** How the file is to be read. */
export const FormatForm = ({ format, busy, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="md" spacing="md">
      <Select
        label={t('imports.encoding')}
        allowDeselect={false}
        disabled={busy}
        data={encodings.map((value) => ({ value, label: value.toUpperCase().replace('WINDOWS', 'Windows') }))}
        value={format.encoding}
        onChange={(value) => {
          const encoding = encodings.find((one) => one === value)
          if (encoding !== undefined) onChange({ encoding })
        }}
      />
      <Select
        label={t('imports.separator')}
        allowDeselect={false}
        disabled={busy}
        data={separators.map((value) => ({ value, label: t(`imports.separator-${separatorNames[value]}`) }))}
        value={format.separator}
        onChange={(value) => {
          const separator = separators.find((one) => one === value)
          if (separator !== undefined) onChange({ separator })
        }}
      />
      <Select
        label={t('imports.decimal')}
        allowDeselect={false}
        disabled={busy}
        data={decimals.map((value) => ({
          value,
          label: t(value === '.' ? 'imports.decimal-point' : 'imports.decimal-comma'),
        }))}
        value={format.decimal}
        onChange={(value) => onChange({ decimal: value === ',' ? ',' : '.' })}
      />
      <Select
        label={t('imports.date-style')}
        allowDeselect={false}
        disabled={busy}
        data={dateStyles.map((value) => ({ value, label: t(`imports.date-${value}`) }))}
        value={format.date_style}
        onChange={(value) => {
          const date_style = dateStyles.find((one) => one === value)
          if (date_style !== undefined) onChange({ date_style })
        }}
      />
      <Switch
        label={t('imports.header')}
        disabled={busy}
        checked={format.header}
        onChange={(event) => onChange({ header: event.currentTarget.checked })}
      />
    </SimpleGrid>
  )
}
