import Type, { type Static } from 'typebox'
import { Id, IdParams, Nullable, Obj, OneOf, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'
import { Channel, ConsentBasis, ConsentState, Purpose } from '../shapes/contract.ts'

export const NewConsent = Obj({
  channel: Channel,
  purpose: Type.Optional(Purpose),
  state: OneOf(['granted', 'withdrawn', 'unknown']),
  basis: Type.Optional(ConsentBasis),
  at: Type.Optional(Timestamp),
  source: Type.Optional(Type.String({ minLength: 1, maxLength: 150 })),
  text: Type.Optional(Type.String({ maxLength: 1000, description: 'Where and when the person agreed' })),
})
export type NewConsent = Static<typeof NewConsent>

export const Consent = Obj({
  id: Id,
  channel: Channel,
  purpose: Type.String(),
  state: ConsentState,
  basis: ConsentBasis,
  at: Timestamp,
  source: Type.String(),
  proof: Type.Record(Type.String(), Type.Unknown()),
  actor: Nullable(Obj({ id: Nullable(Id), name: Type.String() })),
  created_at: Timestamp,
})
export type Consent = Static<typeof Consent>

export const listConsents = route({
  method: 'GET',
  path: '/contacts/{id}/consents',
  summary: 'The consent ledger of a contact, newest first',
  tag: 'Contacts',
  access: 'contacts.consents.view',
  params: IdParams,
  query: Obj({ ...pageQuery, channel: Type.Optional(Channel) }),
  reply: { 200: Page(Consent) },
})
export const addConsent = route({
  method: 'POST',
  path: '/contacts/{id}/consents',
  summary: 'Record a consent or its withdrawal',
  tag: 'Contacts',
  access: 'contacts.consents.edit',
  params: IdParams,
  body: NewConsent,
  records: ['consent.recorded'],
  reply: { 201: Consent },
})
