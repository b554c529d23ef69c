import type { FieldValue } from '../shapes/contract.ts'
import type { FieldType } from './contract.ts'

export type FieldKind = { readonly type: FieldType; readonly multiLine: boolean }

export type ValueFault = 'wrong_type' | 'too_long' | 'out_of_range' | 'pattern'
/** A value as it is stored (null = no value), or why it is none. */
export type ReadValue = { readonly value: FieldValue } | { readonly fault: ValueFault }

const textMax = 500
const multiLineTextMax = 5_000
/** decimal(18,4): fourteen digits before the point. */
const numberBelow = 100_000_000_000_000
const none: ReadValue = { value: null }

export const longerThan = (text: string, max: number): boolean =>
  text.length > max && (text.length > 2 * max || [...text].length > max)

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const anyControl = /[\u0000-\u001f\u007f]/

export const readText = (text: string, multiLine: boolean): ReadValue => {
  if (text === '') return none
  if (!multiLine && anyControl.test(text)) return { fault: 'pattern' }
  return longerThan(text, multiLine ? multiLineTextMax : textMax) ? { fault: 'too_long' } : { value: text }
}

export const readNumber = (value: number): ReadValue => {
  if (!Number.isFinite(value) || Math.abs(value) >= numberBelow) return { fault: 'out_of_range' }
  return Number(value.toFixed(4)) === value
    ? { value: Object.is(value, -0) ? 0 : value }
    : { fault: 'out_of_range' }
}

const isoDate = /^(\d{4})-(\d{2})-(\d{2})$/

/** Only days that stand in the calendar: 2026-02-30 is none. */
export const readDate = (year: string, month: string, day: string): ReadValue => {
  const at = new Date(0)
  at.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  const real = Number(year) > 0 && at.getUTCMonth() === Number(month) - 1 && at.getUTCDate() === Number(day)
  return real ? { value: `${year}-${month}-${day}` } : { fault: 'out_of_range' }
}

const readDateText = (text: string): ReadValue => {
  if (text === '') return none
  const [, year, month, day] = isoDate.exec(text) ?? []
  return year && month && day ? readDate(year, month, day) : { fault: 'pattern' }
}

/** Reads a JSON value of the API; the empty string is no value. */
export const readFieldValue = (kind: FieldKind, value: FieldValue): ReadValue => {
  if (value === null) return none
  switch (kind.type) {
    case 'text':
      return typeof value === 'string' ? readText(value, kind.multiLine) : { fault: 'wrong_type' }
    case 'number':
      return typeof value === 'number' ? readNumber(value) : { fault: 'wrong_type' }
    case 'date':
      return typeof value === 'string' ? readDateText(value) : { fault: 'wrong_type' }
    case 'boolean':
      return typeof value === 'boolean' ? { value } : { fault: 'wrong_type' }
  }
}
