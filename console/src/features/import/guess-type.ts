import type { Field } from '../../../../src/contacts/fields/contract.ts'

const number = /^[+-]?\d{1,14}(?:[.,]\d{1,4})?$/
const date = /^(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})$/
const yesOrNo = /^(?:true|false|yes|no|tak|nie|ja|nein)$/i

/** The type that all samples of a column fit; a number that begins with zero is a code, not an amount. */
export const guessType = (samples: readonly string[]): Field['type'] => {
  const values = samples.map((sample) => sample.trim()).filter((sample) => sample !== '')
  if (values.length === 0) return 'text'
  if (values.every((value) => yesOrNo.test(value))) return 'boolean'
  if (values.every((value) => date.test(value))) return 'date'
  const isCode = values.some((value) => /^0\d/.test(value))
  return !isCode && values.every((value) => number.test(value)) ? 'number' : 'text'
}
