import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import {
  changeField,
  createField,
  type Field,
  listFields,
  type NewField,
} from '../../../../src/contacts/fields/contract.ts'
import { languages } from '../../i18n/catalogue.ts'
import { useTexts } from '../../i18n/texts.tsx'
import { call } from '../../lib/call.ts'
import { refresh } from '../../lib/queries.ts'
import { useSubmit } from '../../ui/submit.ts'
import { nameFromLabel } from './field-label.ts'
import { fromFieldText, toFieldText } from './field-value.ts'

type Start = { readonly type?: Field['type']; readonly label?: string }

const toValues = (field: Field | null, start: Start, language: keyof Field['label']) => ({
  name: field?.name ?? (start.label === undefined ? '' : nameFromLabel(start.label)),
  type: field?.type ?? start.type ?? ('text' as const),
  label: {
    en: field?.label.en ?? '',
    pl: field?.label.pl ?? '',
    de: field?.label.de ?? '',
    ...(field === null && start.label !== undefined ? { [language]: start.label } : {}),
  },
  description: field?.description ?? '',
  multi_line: field?.multi_line ?? false,
  default: toFieldText(field?.default),
})
export type FieldValues = ReturnType<typeof toValues>

const labelOf = (label: FieldValues['label']): NonNullable<NewField['label']> =>
  Object.fromEntries(
    languages
      .map((language) => [language, label[language].trim()] as const)
      .filter(([, text]) => text !== ''),
  )

const toBody = (values: FieldValues) => ({
  label: labelOf(values.label),
  description: values.description.trim() === '' ? null : values.description.trim(),
  default: fromFieldText(values.type, values.default),
  ...(values.type === 'text' ? { multi_line: values.multi_line } : {}),
})

/** Creates a field, or changes the one given; name and type are chosen once. */
export const useFieldForm = (field: Field | null, start: Start, onSaved: (field: Field) => void) => {
  const { t, language } = useTexts()
  const client = useQueryClient()
  const form = useForm<FieldValues>({
    initialValues: toValues(field, start, language),
    validate: {
      name: (name) => (/^[A-Za-z][A-Za-z0-9_]{0,49}$/.test(name) ? null : t('fields.name-wrong')),
    },
  })
  const submitting = useSubmit(
    form,
    async (values) => {
      const saved =
        field === null
          ? await call(createField, { body: { name: values.name, type: values.type, ...toBody(values) } })
          : await call(changeField, {
              params: { name: field.name },
              body: toBody(values),
              ifMatch: field.version,
            })
      await refresh(client, listFields)
      onSaved(saved)
    },
    { codes: { name_taken: 'name', name_reserved: 'name' } },
  )
  return { form, ...submitting }
}
export type FieldForm = ReturnType<typeof useFieldForm>['form']
