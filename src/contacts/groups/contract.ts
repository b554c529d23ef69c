import Type, { type Static } from 'typebox'
import {
  Count,
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  Problem,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { BatchItemError } from '../shapes/contract.ts'

export const groupColours = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
] as const

const PublicText = Obj({
  name: Type.String({ minLength: 1, maxLength: 150 }),
  text: Type.Optional(Type.String({ maxLength: 500 })),
})
const properties = {
  name: Type.String({ minLength: 1, maxLength: 150 }),
  external_id: Nullable(Type.String({ minLength: 1, maxLength: 150 })),
  description: Nullable(Type.String({ maxLength: 500 })),
  folder: Type.String({
    maxLength: 500,
    pattern: '^$|^[^/]{1,100}(?:/[^/]{1,100}){0,4}$',
    description: 'Path of at most five levels',
  }),
  colour: Nullable(OneOf(groupColours)),
  visibility: OneOf(['private', 'public']),
  require_consent: Type.Boolean(),
  public_texts: PartialObj({ en: PublicText, pl: PublicText, de: PublicText }),
  opt_in: OneOf(['single', 'double']),
}

export const UsedIn = Obj({ type: Type.String(), id: Id, name: Type.String() })

export const Group = Obj({
  id: Id,
  ...properties,
  state: OneOf(['active', 'archived', 'deleted']),
  member_count: Count,
  addressable: Nullable(Obj({ email: Count, sms: Count, push: Count, rcs: Count })),
  used_in: Type.Array(UsedIn),
  last_import_at: Nullable(Timestamp),
  archived_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type Group = Static<typeof Group>

const { name, ...others } = properties
export const NewGroup = Obj({ name, ...PartialObj(others).properties })
export type NewGroup = Static<typeof NewGroup>
export const GroupChange = PartialObj(properties)
export type GroupChange = Static<typeof GroupChange>

export const listGroups = route({
  method: 'GET',
  path: '/groups',
  summary: 'Groups; `addressable` is told by the single group only',
  tag: 'Contacts',
  access: 'contacts.groups.view',
  query: Obj({
    ...pageQuery,
    state: Type.Optional(OneOf(['active', 'archived'])),
    visibility: Type.Optional(OneOf(['private', 'public'])),
    q: Type.Optional(Type.String({ maxLength: 150 })),
    sort: Type.Optional(OneOf(['-created_at', 'name'])),
  }),
  reply: { 200: Page(Group) },
})
export const createGroup = route({
  method: 'POST',
  path: '/groups',
  summary: 'Add a group',
  tag: 'Contacts',
  access: 'contacts.groups.edit',
  body: NewGroup,
  records: ['group.created'],
  reply: { 201: Group },
  problems: ['name_taken', 'duplicate_external_id', 'limit_reached'],
})
export const getGroup = route({
  method: 'GET',
  path: '/groups/{id}',
  summary: 'One group',
  tag: 'Contacts',
  access: 'contacts.groups.view',
  params: IdParams,
  reply: { 200: Group },
})
export const changeGroup = route({
  method: 'PATCH',
  path: '/groups/{id}',
  summary: 'Change a group',
  tag: 'Contacts',
  access: 'contacts.groups.edit',
  ifMatch: 'optional',
  params: IdParams,
  body: GroupChange,
  records: ['group.changed'],
  reply: { 200: Group },
  problems: ['name_taken', 'duplicate_external_id'],
})
/** Only archived or empty groups; others answer 409 `group_in_use`. */
export const deleteGroup = route({
  method: 'DELETE',
  path: '/groups/{id}',
  summary: 'Delete an archived or empty group, on request with the contacts that are in no other group',
  tag: 'Contacts',
  access: 'contacts.groups.delete',
  ifMatch: 'optional',
  params: IdParams,
  query: Obj({ delete_contacts: Type.Optional(Type.Boolean()) }),
  records: ['group.deleted'],
  reply: { 204: NoContent, 202: Obj({ operation_id: Id }) },
  problems: ['group_in_use'],
})
export const archiveGroup = route({
  method: 'POST',
  path: '/groups/{id}/archive',
  summary: 'Put a group away: no sends, no imports; members and history stay',
  tag: 'Contacts',
  access: 'contacts.groups.archive',
  params: IdParams,
  body: Empty,
  records: { whenChanged: ['group.archived'] },
  reply: { 200: Group },
  problems: ['group_in_use'],
})
export const restoreGroup = route({
  method: 'POST',
  path: '/groups/{id}/restore',
  summary: 'Bring an archived group back',
  tag: 'Contacts',
  access: 'contacts.groups.archive',
  params: IdParams,
  body: Obj({ name: Type.Optional(properties.name) }),
  records: { whenChanged: ['group.restored'] },
  reply: { 200: Group },
  problems: ['name_taken'],
})

export const Member = Obj({
  contact_id: Id,
  external_id: Nullable(Type.String()),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  first_name: Nullable(Type.String()),
  last_name: Nullable(Type.String()),
  state: OneOf(['pending', 'member', 'left']),
  joined_at: Timestamp,
  left_at: Nullable(Timestamp),
  source: Type.String(),
})
export type Member = Static<typeof Member>

const MemberState = OneOf(['pending', 'member', 'left'])
export const listMembers = route({
  method: 'GET',
  path: '/groups/{id}/members',
  summary: 'Members of a group; by default those who have not left',
  tag: 'Contacts',
  access: 'contacts.groups.view',
  params: IdParams,
  query: Obj({ ...pageQuery, state: Type.Optional(MemberState) }),
  reply: { 200: Page(Member) },
})
export const countMembers = route({
  method: 'GET',
  path: '/groups/{id}/count',
  summary: 'How many members a group has',
  tag: 'Contacts',
  access: 'contacts.groups.view',
  params: IdParams,
  query: Obj({ state: Type.Optional(MemberState) }),
  reply: { 200: Obj({ count: Count, as_of: Timestamp }) },
})

/** Each item names one contact by exactly one key. */
export const MemberKey = Type.Object(
  {
    contact_id: Type.Optional(Id),
    external_id: Type.Optional(Type.String({ minLength: 1, maxLength: 150 })),
    email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
    phone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
)
export type MemberKey = Static<typeof MemberKey>
const items = Type.Array(MemberKey, { minItems: 1 })

export const MemberResults = Obj({
  data: Type.Array(
    Obj({
      index: Type.Integer(),
      status: Type.Integer(),
      contact_id: Type.Optional(Id),
      error: Type.Optional(BatchItemError),
    }),
  ),
  accepted: Count,
  refused: Count,
})
export type MemberResults = Static<typeof MemberResults>

const memberReply = {
  200: MemberResults,
  207: MemberResults,
  422: Type.Union([MemberResults, Problem]),
} as const
export const addMembers = route({
  method: 'POST',
  path: '/groups/{id}/members',
  summary: 'Add contacts to a group; who has left stays so without resubscribe and proof',
  tag: 'Contacts',
  access: 'contacts.groups.edit',
  params: IdParams,
  body: Obj({
    items,
    resubscribe: Type.Optional(Obj({ proof: Type.String({ minLength: 3, maxLength: 1000 }) })),
  }),
  records: ['contacts.bulk_changed'],
  reply: memberReply,
  problems: ['batch_too_large', 'group_in_use'],
})
export const removeMembers = route({
  method: 'DELETE',
  path: '/groups/{id}/members',
  summary: 'Remove contacts from a group',
  tag: 'Contacts',
  access: 'contacts.groups.edit',
  params: IdParams,
  body: Obj({ items }),
  records: ['contacts.bulk_changed'],
  reply: memberReply,
  problems: ['batch_too_large'],
})
