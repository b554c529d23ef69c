import { type FieldError, invalid } from '../../http/errors.ts'
import type { FieldValue } from '../shapes/contract.ts'
import { kindOf } from './field.ts'
import type { FieldRow } from './queries.ts'
import { readFieldValue } from './values.ts'

export type FieldValues = Readonly<Record<string, FieldValue>>

/** Checks the given values against the definitions and answers them in the defined spelling of their names. */
export const readFieldValues = (definitions: readonly FieldRow[], given: FieldValues): FieldValues => {
  const byName = new Map(definitions.map((row) => [row.name, row]))
  const errors: FieldError[] = []
  const values = Object.entries(given).map(([name, value]): [string, FieldValue] => {
    const pointer = `/fields/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const definition = byName.get(name)
    if (!definition) {
      errors.push({ pointer, code: 'unknown_field', detail: 'no such additional field' })
      return [name, null]
    }
    const read = readFieldValue(kindOf(definition), value)
    if ('value' in read) return [name, read.value]
    errors.push({ pointer, code: read.fault, detail: `is no value of type ${definition.type}` })
    return [name, null]
  })
  if (errors.length > 0) throw invalid(...errors)
  return Object.fromEntries(values)
}

/** Merges key by key; null clears, and no value is ever stored as null. */
export const mergeFieldValues = (present: FieldValues, change: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries({ ...present, ...change }).filter(([, value]) => value !== null))
