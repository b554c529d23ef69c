import Type from 'typebox'
import { Id, IdParams, Nullable, Obj, Page, pageQuery, route, Timestamp } from '../../http/contract.ts'

export const ContactChangeEntry = Obj({
  id: Id,
  at: Timestamp,
  actor: Obj({ kind: Type.String(), id: Nullable(Id), name: Nullable(Type.String()) }),
  field: Type.String(),
  old: Type.Unknown(),
  new: Type.Unknown(),
})
export const listContactChanges = route({
  method: 'GET',
  path: '/contacts/{id}/changes',
  summary: 'Who changed which field of a contact, newest first',
  tag: 'Contacts',
  access: 'contacts.view',
  params: IdParams,
  query: Obj({ ...pageQuery }),
  reply: { 200: Page(ContactChangeEntry) },
})
