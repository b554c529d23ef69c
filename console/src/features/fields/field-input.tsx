import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import type { Field } from '../../../../src/contacts/fields/contract.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { fieldLabel } from './field-label.ts'

type Props = {
  readonly field: Pick<Field, 'type' | 'multi_line' | 'label' | 'name' | 'description'>
  /** Text of the value; empty is none (`toFieldText`). */
  readonly value: string
  readonly onChange: (text: string) => void
  readonly error?: React.ReactNode
  readonly label?: string
  readonly placeholder?: string | undefined
}

/** The words stand below, so that the inputs of a row stay in line. */
const order: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'description', 'error']
const textLengthMax = 500
const multiLineLengthMax = 5000

const NumberField = ({ onChange, ...shared }: Omit<Props, 'field'>) => {
  const { language } = useTexts()
  return (
    <NumberInput
      {...shared}
      onChange={(value) => onChange(String(value))}
      decimalSeparator={language === 'en' ? '.' : ','}
      decimalScale={4}
      hideControls
    />
  )
}

/** The input that fits the type of an additional field. */
export const FieldInput = ({ field, value, onChange, error, label, placeholder }: Props) => {
  const { t, language } = useTexts()
  const shared = {
    label: label ?? fieldLabel(field, language),
    ...(field.description === null || label !== undefined ? {} : { description: field.description }),
    ...(error === undefined ? {} : { error }),
    ...(placeholder === undefined ? {} : { placeholder }),
    inputWrapperOrder: order,
    value,
  }
  if (field.type === 'number') return <NumberField {...shared} onChange={onChange} />
  if (field.type === 'boolean') {
    return (
      <Select
        {...shared}
        data={[
          { value: 'true', label: t('ui.yes') },
          { value: 'false', label: t('ui.no') },
        ]}
        value={value === '' ? null : value}
        onChange={(chosen) => onChange(chosen ?? '')}
        placeholder={placeholder ?? t('fields.not-set')}
        clearable
      />
    )
  }
  const change = (event: { readonly currentTarget: { readonly value: string } }) =>
    onChange(event.currentTarget.value)
  if (field.multi_line) {
    return (
      <Textarea
        {...shared}
        onChange={change}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={multiLineLengthMax}
      />
    )
  }
  return (
    <TextInput
      {...shared}
      onChange={change}
      type={field.type === 'date' ? 'date' : 'text'}
      maxLength={textLengthMax}
    />
  )
}
