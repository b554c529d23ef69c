import type { FieldChangeEntry } from './changes/queries.ts'
import { type FieldValues, mergeFieldValues } from './fields/merge.ts'
import type { ContactRow, ContactValues } from './queries.ts'

/** Columns a person can change; `email_key` follows `email`. */
const tracked = [
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'company',
  'language',
  'country',
  'time_zone',
] as const

const standardChanges = (present: ContactRow, values: ContactValues): FieldChangeEntry[] =>
  tracked.flatMap((field) => {
    const next = values[field]
    return next === undefined || next === present[field] ? [] : [{ field, old: present[field], new: next }]
  })

const additionalChanges = (present: FieldValues, change: FieldValues): FieldChangeEntry[] =>
  Object.entries(change).flatMap(([name, next]) => {
    const old = present[name] ?? null
    return old === next ? [] : [{ field: `fields.${name}`, old, new: next }]
  })

export type PlannedChange = {
  readonly entries: readonly FieldChangeEntry[]
  readonly values: ContactValues & { fields?: string }
}

/** What really differs; an empty list means that nothing is written and the version stays. */
export const planChange = (
  present: ContactRow,
  values: ContactValues,
  fields: FieldValues,
): PlannedChange => {
  const presentFields = present.fields as FieldValues
  const additional = additionalChanges(presentFields, fields)
  return {
    entries: [...standardChanges(present, values), ...additional],
    values:
      additional.length === 0
        ? values
        : { ...values, fields: JSON.stringify(mergeFieldValues(presentFields, fields)) },
  }
}
