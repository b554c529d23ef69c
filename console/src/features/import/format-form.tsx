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

type ChoiceProps<Value extends string> = {
  readonly label: string
  readonly disabled: boolean
  readonly values: readonly Value[]
  readonly words: (value: Value) => string
  readonly value: Value
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string>({ values, words, onChange, ...shared }: ChoiceProps<Value>) => (
  <Select
    {...shared}
    allowDeselect={false}
    data={values.map((value) => ({ value, label: words(value) }))}
    onChange={(chosen) => {
      const value = values.find((one) => one === chosen)
      if (value !== undefined) onChange(value)
    }}
  />
)

const encodingName = (encoding: string): string => encoding.toUpperCase().replace('WINDOWS', 'Windows')

/** How the file is to be read. */
export const FormatForm = ({ format, busy, onChange }: Props) => {
  const { t } = useTexts()
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} mt="md" spacing="md">
      <Choice
        label={t('imports.encoding')}
        disabled={busy}
        values={encodings}
        words={encodingName}
        value={format.encoding}
        onChange={(encoding) => onChange({ encoding })}
      />
      <Choice
        label={t('imports.separator')}
        disabled={busy}
        values={separators}
        words={(value) => t(`imports.separator-${separatorNames[value]}`)}
        value={format.separator}
        onChange={(separator) => onChange({ separator })}
      />
      <Choice
        label={t('imports.decimal')}
        disabled={busy}
        values={decimals}
        words={(value) => t(value === '.' ? 'imports.decimal-point' : 'imports.decimal-comma')}
        value={format.decimal}
        onChange={(decimal) => onChange({ decimal })}
      />
      <Choice
        label={t('imports.date-style')}
        disabled={busy}
        values={dateStyles}
        words={(value) => t(`imports.date-${value}`)}
        value={format.date_style}
        onChange={(date_style) => onChange({ date_style })}
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
