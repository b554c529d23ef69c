import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { FieldValue } from '../shapes/contract.ts'

/** What personalization may read of a contact; every additional field is present, empty ones with their default. */
export type RenderingContact = {
  readonly id: string
  readonly external_id: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly company: string | null
  readonly language: string | null
  readonly country: string | null
  readonly time_zone: string | null
  readonly fields: Readonly<Record<string, FieldValue>>
}

export type FieldDefaults = Readonly<Record<string, FieldValue>>

/** Names of all additional fields with their defaults; a long send loads them once. */
export const loadFieldDefaults = async (trx: Trx, accountId: string): Promise<FieldDefaults> => {
  const rows = await trx
    .selectFrom('field_definitions')
    .select(['name', 'default_value'])
    .where('account_id', '=', accountId)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.name, row.default_value as FieldValue]))
}

const known = (values: Record<string, FieldValue>, defaults: FieldDefaults): Record<string, FieldValue> =>
  Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, values[name] ?? value]))

/** Contacts in no certain order; ids that are gone are absent. */
export const loadContactsForRendering = async (
  trx: Trx,
  accountId: string,
  ids: readonly string[],
  fieldDefaults?: FieldDefaults,
): Promise<RenderingContact[]> => {
  if (ids.length === 0) return []
  const defaults = fieldDefaults ?? (await loadFieldDefaults(trx, accountId))
  const rows = await trx
    .selectFrom('contacts')
    .select([
      'id',
      'external_id',
      'email',
      'phone',
      'first_name',
      'last_name',
      'company',
      'language',
      'country',
      'time_zone',
      'fields',
    ])
    .where('account_id', '=', accountId)
    // One parameter, not a thousand: the statement stays the same whatever the size of the batch.
    .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
    .execute()
  return rows.map((row) => ({ ...row, fields: known(row.fields as Record<string, FieldValue>, defaults) }))
}
