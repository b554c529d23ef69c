import type { Field } from '../../../../src/contacts/fields/contract.ts'
import type { FieldValue } from '../../../../src/contacts/shapes/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { showFieldValue } from './field-value.ts'

type Props = { readonly type: Field['type']; readonly value: FieldValue | undefined }

/** A value in the reader's notation. */
export const FieldText = ({ type, value }: Props) => {
  const { t, language } = useTexts()
  const { number } = useFormats()
  return (
    <span className={type === 'number' || type === 'date' ? 'tabular' : undefined}>
      {showFieldValue(type, value ?? null, { language, number, yes: t('ui.yes'), no: t('ui.no') })}
    </span>
  )
}
