import { entitledNumber } from '../../accounts/index.ts'
import { recordAct } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import {
  AppError,
  conflict,
  invalidField,
  notFound,
  unprocessable,
  versionConflict,
} from '../../http/errors.ts'
import { pageLimit, readPosition, toPage } from '../../http/page.ts'
import type { FieldValue } from '../shapes/contract.ts'
import type { UsedInSource } from '../used-in.ts'
import type { Field, FieldChange, FieldType, NewField } from './contract.ts'
import {
  countFields,
  countFilled,
  type FieldRow,
  type FieldValues,
  findField,
  insertField,
  listFieldRows,
  lockFieldLimit,
  nextPosition,
  updateField,
} from './queries.ts'
import { isReservedName } from './reserved.ts'
import { type FieldKind, readFieldValue } from './values.ts'

export const kindOf = (row: FieldRow): FieldKind => ({
  type: row.type as FieldType,
  multiLine: (row.flags as Record<string, unknown>)['multi_line'] === true,
})

export const toField = (row: FieldRow): Field => ({
  name: row.name,
  type: row.type as FieldType,
  label: row.label as Field['label'],
  description: row.description,
  multi_line: kindOf(row).multiLine,
  default: row.default_value as FieldValue,
  position: row.position,
  archived_at: row.archived_at?.toISOString() ?? null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})

const defaultText = (kind: FieldKind, value: FieldValue): string | null => {
  const read = readFieldValue(kind, value)
  if ('fault' in read) throw invalidField('/default', read.fault, `is no value of type ${kind.type}`)
  return read.value === null ? null : JSON.stringify(read.value)
}

const toValues = (given: Omit<FieldChange, 'name' | 'type'>, kind: FieldKind): FieldValues => ({
  ...(given.label === undefined ? {} : { label: JSON.stringify(given.label) }),
  ...(given.description === undefined ? {} : { description: given.description }),
  ...(given.multi_line === undefined ? {} : { flags: JSON.stringify({ multi_line: given.multi_line }) }),
  ...(given.default === undefined ? {} : { default_value: defaultText(kind, given.default) }),
  ...(given.position === undefined ? {} : { position: given.position }),
})

const checkLimit = async (trx: Trx, actor: Actor): Promise<void> => {
  await lockFieldLimit(trx, actor.accountId)
  const limit = entitledNumber(actor.entitlements, 'limit.fields')
  const used = await countFields(trx, actor.accountId)
  if (used >= limit) throw new AppError('limit_reached', 403, '', { limit_key: 'limit.fields', limit, used })
}

const checkMultiLine = (kind: FieldKind): void => {
  if (kind.multiLine && kind.type !== 'text')
    throw invalidField('/multi_line', 'not_in_list', 'is for text fields only')
}

export const addField = (deps: Deps, actor: Actor, body: NewField): Promise<Field> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    if (isReservedName(body.name)) throw unprocessable('name_reserved')
    const kind: FieldKind = { type: body.type, multiLine: body.multi_line ?? false }
    checkMultiLine(kind)
    await checkLimit(trx, actor)
    const row = await insertField(trx, actor.accountId, {
      ...toValues(body, kind),
      name: body.name,
      type: body.type,
      position: body.position ?? (await nextPosition(trx, actor.accountId)),
    })
    if (!row) throw conflict('name_taken')
    const after = toField(row)
    await recordAct(trx, deps, actor, { action: 'field.created', type: 'field', id: row.name, after })
    return after
  })

const getRow = async (trx: Trx, accountId: string, name: string): Promise<FieldRow> => {
  const row = await findField(trx, accountId, name)
  if (!row) throw notFound()
  return row
}

export const readField = (deps: Deps, actor: Actor, name: string): Promise<Field> =>
  inAccount(deps.db, actor.accountId, async (trx) => toField(await getRow(trx, actor.accountId, name)))

export const editField = (
  deps: Deps,
  actor: Actor,
  name: string,
  body: FieldChange,
  ifMatch: number | null,
): Promise<Field> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const present = await getRow(trx, actor.accountId, name)
    if (ifMatch !== null && ifMatch !== present.version) throw versionConflict()
    const { name: newName, type, archived, ...change } = body
    if (newName !== undefined && newName !== present.name) throw immutable('/name')
    if (type !== undefined && type !== present.type) throw immutable('/type')
    const kind = {
      ...kindOf(present),
      ...(change.multi_line === undefined ? {} : { multiLine: change.multi_line }),
    }
    checkMultiLine(kind)
    const row = await updateField(trx, actor.accountId, present.name, {
      ...toValues(change, kind),
      ...(archived === undefined ? {} : { archived }),
    })
    const before = toField(present)
    const after = toField(row)
    const action = archived === true && before.archived_at === null ? 'field.archived' : 'field.changed'
    await recordAct(trx, deps, actor, { action, type: 'field', id: row.name, before, after })
    return after
  })

const immutable = (pointer: string): AppError =>
  unprocessable('immutable', '', { errors: [{ pointer, code: 'immutable', detail: 'cannot be changed' }] })

export const listFieldPage = (
  deps: Deps,
  actor: Actor,
  query: { limit?: number; cursor?: string; archived?: boolean },
  now: Date,
) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const filter = query.archived === undefined ? {} : { archived: query.archived }
    const limit = pageLimit(query)
    const rows = await listFieldRows(
      trx,
      actor.accountId,
      filter,
      readPosition(query, ['fields', filter], now),
      limit + 1,
    )
    return toPage(rows, {
      limit,
      filter: ['fields', filter],
      now,
      position: (row) => [row.position, row.name.toLowerCase()],
      present: toField,
    })
  })

export const readFieldUsage = (deps: Deps, actor: Actor, name: string, usedIn: UsedInSource) =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const row = await getRow(trx, actor.accountId, name)
    const { filled, contacts } = await countFilled(trx, actor.accountId, row.name)
    const uses = await usedIn(trx, actor.accountId, { type: 'field', key: row.name })
    return { filled, contacts, used_in: uses.map(({ type, id, name: title }) => ({ type, id, name: title })) }
  })
