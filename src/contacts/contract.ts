import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'
import { NewConsent } from './consents/contract.ts'
import { Channel, ChannelState, FieldValue, sendReasons } from './shapes/contract.ts'

const Key = { external_id: Nullable(Type.String({ maxLength: 150 })) }
const Name = Nullable(Type.String({ maxLength: 150 }))

const standardFields = {
  ...Key,
  email: Nullable(Type.String({ maxLength: 320 })),
  phone: Nullable(Type.String({ maxLength: 64 })),
  first_name: Name,
  last_name: Name,
  company: Name,
  language: Nullable(Type.String({ maxLength: 35, description: 'BCP 47' })),
  country: Nullable(Type.String({ maxLength: 2, description: 'ISO 3166-1 alpha-2' })),
  time_zone: Nullable(Type.String({ maxLength: 64, description: 'IANA' })),
}
const Fields = Type.Record(Type.String({ maxLength: 50 }), FieldValue, {
  description: 'Additional fields by name; merged key by key, null clears',
})

export const ContactGroupState = Obj({
  id: Id,
  name: Type.String(),
  state: OneOf(['pending', 'member', 'left']),
})

export const Contact = Obj({
  id: Id,
  external_id: Nullable(Type.String()),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  first_name: Nullable(Type.String()),
  last_name: Nullable(Type.String()),
  company: Nullable(Type.String()),
  language: Nullable(Type.String()),
  country: Nullable(Type.String()),
  time_zone: Nullable(Type.String()),
  fields: Type.Record(Type.String(), FieldValue),
  groups: Type.Array(ContactGroupState),
  channels: Obj({ email: ChannelState, sms: ChannelState, push: ChannelState, rcs: ChannelState }),
  devices: Type.Array(Type.Unknown()),
  state: OneOf(['active', 'archived', 'restricted']),
  source: OneOf(['manual', 'import', 'api', 'form', 'tracking', 'integration', 'event']),
  source_ref: Nullable(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
  last_activity_at: Nullable(Timestamp),
  archived_at: Nullable(Timestamp),
  archive_reason: Nullable(Type.String()),
  merged_from: Type.Null(),
  version: Type.Integer(),
})
export type Contact = Static<typeof Contact>

const requestOnly = {
  groups_add: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  groups_remove: Type.Optional(Type.Array(Id, { maxItems: 100 })),
  consent: Type.Optional(Type.Array(NewConsent, { maxItems: 20 })),
  blocked_channels: Type.Optional(
    Type.Array(Channel, { maxItems: 4, description: 'Replaces the set of channel blocks' }),
  ),
}

/** What PATCH takes: null clears, `fields` merges key by key. */
export const ContactChange = PartialObj({ ...standardFields, fields: Fields, ...requestOnly })
export type ContactChange = Static<typeof ContactChange>

export const NewContact = PartialObj({
  ...standardFields,
  fields: Fields,
  ...requestOnly,
  created_at: Timestamp,
  on_conflict: OneOf(['error', 'update', 'skip']),
})
export type NewContact = Static<typeof NewContact>

const filters = {
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  phone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  external_id: Type.Optional(Type.String({ minLength: 1, maxLength: 150 })),
  group_id: Type.Optional(Id),
  state: Type.Optional(OneOf(['active', 'archived', 'restricted'])),
  unsubscribed: Type.Optional(Channel),
  q: Type.Optional(
    Type.String({
      maxLength: 150,
      description: 'Part of e-mail, phone, name, company or external id; words are looked for one by one',
    }),
  ),
  created_from: Type.Optional(Timestamp),
  created_to: Type.Optional(Timestamp),
  updated_since: Type.Optional(Timestamp),
}
export const ContactFilter = Obj(filters)
export type ContactFilter = Static<typeof ContactFilter>

export const contactSorts = ['-created_at', 'created_at', '-updated_at', 'updated_at'] as const

export const listContacts = route({
  method: 'GET',
  path: '/contacts',
  summary: 'Contacts, newest first',
  tag: 'Contacts',
  access: 'contacts.view',
  query: Obj({ ...pageQuery, ...filters, sort: Type.Optional(OneOf(contactSorts)) }),
  reply: { 200: Page(Contact) },
})
export const countContacts = route({
  method: 'GET',
  path: '/contacts/count',
  summary: 'How many contacts a filter finds',
  tag: 'Contacts',
  access: 'contacts.view',
  query: ContactFilter,
  reply: { 200: Obj({ count: Count, as_of: Timestamp }) },
})

const keyProblems = [
  'email_invalid',
  'phone_invalid',
  'contact_exists',
  'ambiguous_match',
  'key_required',
  'address_erased',
  'contact_restricted',
] as const

export const createContact = route({
  method: 'POST',
  path: '/contacts',
  summary: 'Add a contact; with on_conflict=update or skip an existing one answers 200',
  tag: 'Contacts',
  access: 'contacts.create',
  body: NewContact,
  records: { whenChanged: ['contact.created', 'contact.changed'] },
  reply: { 201: Contact, 200: Contact },
  problems: [...keyProblems, 'limit_reached'],
})
export const getContact = route({
  method: 'GET',
  path: '/contacts/{id}',
  summary: 'One contact',
  tag: 'Contacts',
  access: 'contacts.view',
  params: IdParams,
  reply: { 200: Contact },
})
export const changeContact = route({
  method: 'PATCH',
  path: '/contacts/{id}',
  summary: 'Change a contact: null clears, fields merge key by key',
  tag: 'Contacts',
  access: 'contacts.edit',
  ifMatch: 'optional',
  params: IdParams,
  body: ContactChange,
  records: { whenChanged: ['contact.changed'] },
  reply: { 200: Contact },
  problems: keyProblems,
})
export const deleteContact = route({
  method: 'DELETE',
  path: '/contacts/{id}',
  summary: 'Delete a contact for good; suppressions of its addresses stay',
  tag: 'Contacts',
  access: 'contacts.delete',
  ifMatch: 'optional',
  params: IdParams,
  records: ['contact.deleted'],
  reply: { 204: NoContent },
})

const KeyParams = Obj({
  key: OneOf(['external_id', 'email', 'phone']),
  value: Type.String({ minLength: 1, maxLength: 320 }),
})
export const getContactByKey = route({
  ...getContact,
  path: '/contacts/by/{key}/{value}',
  summary: 'One contact by e-mail, phone or external id',
  params: KeyParams,
})
export const changeContactByKey = route({
  ...changeContact,
  path: '/contacts/by/{key}/{value}',
  summary: 'Change a contact found by e-mail, phone or external id',
  params: KeyParams,
  records: { whenChanged: ['contact.changed'] },
})
export const deleteContactByKey = route({
  ...deleteContact,
  path: '/contacts/by/{key}/{value}',
  summary: 'Delete a contact found by e-mail, phone or external id',
  params: KeyParams,
  records: ['contact.deleted'],
})

/** Exactly one of `ids` and `filter`; the set is frozen when the call is made. */
export const bulkContacts = route({
  method: 'POST',
  path: '/contacts/bulk',
  summary: 'Act on many contacts; above 100 as a background operation',
  tag: 'Contacts',
  access: 'contacts.view',
  body: Obj({
    ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 1000 })),
    filter: Type.Optional(ContactFilter),
    action: OneOf(['group_add', 'group_remove', 'delete']),
    params: Type.Optional(Obj({ group_id: Type.Optional(Id) })),
    expected_count: Type.Optional(
      Type.Integer({ minimum: 0, description: 'The number the person confirmed; another one answers 409' }),
    ),
  }),
  records: ['contacts.bulk_changed', 'contacts.bulk_deleted'],
  reply: {
    200: Obj({ count: Count, operation_id: Type.Null() }),
    202: Obj({ count: Count, operation_id: Id }),
  },
  problems: ['revision_changed', 'group_in_use'],
})

export const getSendability = route({
  method: 'GET',
  path: '/contacts/{id}/sendability',
  summary: 'Whether the contact may be written to, or the first reason why not',
  tag: 'Contacts',
  access: 'contacts.view',
  params: IdParams,
  query: Obj({
    channel: Channel,
    purpose: Type.Optional(OneOf(['marketing', 'transactional'])),
    group_id: Type.Optional(Id),
  }),
  reply: {
    200: Obj({
      eligible: Type.Boolean(),
      reason: Nullable(OneOf(sendReasons)),
      channel: Channel,
      purpose: OneOf(['marketing', 'transactional']),
    }),
  },
})

const Reason = Type.Optional(Type.String({ maxLength: 250 }))
const act = {
  method: 'POST',
  tag: 'Contacts',
  access: 'contacts.consents.edit',
  params: IdParams,
  reply: { 200: Contact },
} as const

export const unsubscribeContact = route({
  ...act,
  path: '/contacts/{id}/unsubscribe',
  summary: 'Stop campaigns of a channel, or of one topic, to this contact',
  body: Obj({ channel: Channel, topic_id: Type.Optional(Id), reason: Reason }),
  records: ['consent.recorded'],
})
export const resubscribeContact = route({
  ...act,
  path: '/contacts/{id}/resubscribe',
  summary: 'Lift an unsubscribe that the console or the API had set; needs a proof',
  body: Obj({
    channel: Channel,
    topic_id: Type.Optional(Id),
    proof: Type.String({ minLength: 3, maxLength: 1000 }),
  }),
  problems: ['immutable'],
  records: ['consent.recorded'],
})
export const blockContact = route({
  ...act,
  path: '/contacts/{id}/block',
  summary: 'Stop every message of a channel to this contact',
  body: Obj({ channel: Channel, reason: Reason }),
  records: ['contact.changed'],
})
export const unblockContact = route({
  ...act,
  path: '/contacts/{id}/unblock',
  summary: 'Lift the block of a channel',
  body: Obj({ channel: Channel, reason: Reason }),
  records: ['contact.changed'],
})
