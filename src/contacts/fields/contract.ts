import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { FieldValue } from '../shapes/contract.ts'

export const fieldTypes = ['text', 'number', 'date', 'boolean'] as const
export type FieldType = (typeof fieldTypes)[number]

const Label = PartialObj({
  en: Type.String({ minLength: 1, maxLength: 100 }),
  pl: Type.String({ minLength: 1, maxLength: 100 }),
  de: Type.String({ minLength: 1, maxLength: 100 }),
})
const properties = {
  label: Label,
  description: Nullable(Type.String({ maxLength: 250 })),
  multi_line: Type.Boolean({ description: 'Text only: up to 5,000 characters instead of 500' }),
  default: FieldValue,
  position: Type.Integer({ minimum: 0, maximum: 100_000 }),
}

export const Field = Obj({
  name: Type.String(),
  type: OneOf(fieldTypes),
  ...properties,
  archived_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type Field = Static<typeof Field>

export const NewField = Obj({
  name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,49}$' }),
  type: OneOf(fieldTypes),
  label: Type.Optional(Label),
  description: Type.Optional(properties.description),
  multi_line: Type.Optional(properties.multi_line),
  default: Type.Optional(FieldValue),
  position: Type.Optional(properties.position),
})
export type NewField = Static<typeof NewField>

export const FieldChange = PartialObj({
  ...properties,
  name: Type.Unknown({ description: 'Cannot be changed: 422 immutable' }),
  type: Type.Unknown({ description: 'Cannot be changed: 422 immutable' }),
  archived: Type.Boolean({ description: 'Hidden from pickers; values are kept' }),
})
export type FieldChange = Static<typeof FieldChange>

const NameParams = Obj({ name: Type.String({ minLength: 1, maxLength: 50 }) })

export const listFields = route({
  method: 'GET',
  path: '/fields',
  summary: 'Additional fields in their order',
  tag: 'Contacts',
  access: 'contacts.fields.view',
  query: Obj({ ...pageQuery, archived: Type.Optional(Type.Boolean()) }),
  reply: { 200: Page(Field) },
})
export const createField = route({
  method: 'POST',
  path: '/fields',
  summary: 'Add an additional field',
  tag: 'Contacts',
  access: 'contacts.fields.edit',
  body: NewField,
  records: ['field.created'],
  reply: { 201: Field },
  problems: ['name_reserved', 'name_taken', 'limit_reached'],
})
export const getField = route({
  method: 'GET',
  path: '/fields/{name}',
  summary: 'One additional field',
  tag: 'Contacts',
  access: 'contacts.fields.view',
  params: NameParams,
  reply: { 200: Field },
})
export const changeField = route({
  method: 'PATCH',
  path: '/fields/{name}',
  summary: 'Change an additional field; name and type stay',
  tag: 'Contacts',
  access: 'contacts.fields.edit',
  ifMatch: 'optional',
  params: NameParams,
  body: FieldChange,
  records: ['field.changed', 'field.archived'],
  reply: { 200: Field },
  problems: ['immutable'],
})
export const deleteField = route({
  method: 'DELETE',
  path: '/fields/{name}',
  summary: 'Delete an additional field and its values',
  tag: 'Contacts',
  access: 'contacts.fields.delete',
  ifMatch: 'optional',
  params: NameParams,
  records: ['field.deleted'],
  reply: { 204: NoContent, 202: Obj({ operation_id: Id }) },
  problems: ['field_in_use'],
})

export const UsedIn = Obj({ type: Type.String(), id: Id, name: Type.String() })
export const getFieldUsage = route({
  method: 'GET',
  path: '/fields/{name}/usage',
  summary: 'How many contacts have a value, and what uses the field',
  tag: 'Contacts',
  access: 'contacts.fields.view',
  params: NameParams,
  reply: { 200: Obj({ filled: Count, contacts: Count, used_in: Type.Array(UsedIn) }) },
})
