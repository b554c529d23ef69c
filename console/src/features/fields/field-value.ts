import type { Field } from '../../../../src/contacts/fields/contract.ts'
import type { FieldValue } from '../../../../src/contacts/shapes/contract.ts'

/** Forms hold every value as text; empty is no value. */
export const toFieldText = (value: FieldValue | undefined): string =>
  value === null || value === undefined ? '' : String(value)

export const fromFieldText = (type: Field['type'], text: string): FieldValue => {
  const trimmed = text.trim()
  if (trimmed === '') return null
  if (type === 'number') {
    const value = Number(trimmed)
    // What is no number goes to the server as it is, so that its refusal names the field.
    return Number.isFinite(value) ? value : trimmed
  }
  return type === 'boolean' ? trimmed === 'true' : trimmed
}

type Reading = {
  readonly language: string
  readonly number: (value: number) => string
  readonly yes: string
  readonly no: string
}

/** A value as people read it. A date has no zone, so it must not move by one. */
export const showFieldValue = (type: Field['type'], value: FieldValue, reading: Reading): string => {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? reading.yes : reading.no
  if (typeof value === 'number') return reading.number(value)
  if (type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value)) {
    const format = new Intl.DateTimeFormat(reading.language, { dateStyle: 'medium', timeZone: 'UTC' })
    return format.format(new Date(`${value}T00:00:00Z`))
  }
  return value
}
