import Type, { type Static } from 'typebox'
import {
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
} from '../http/contract.ts'

/** One line: it becomes part of a header. */
const Name = Type.String({
  minLength: 1,
  maxLength: 150,
  pattern: '^[^\\u0000-\\u001f\\u007f\\u2028\\u2029]*$',
})
const Email = Type.String({ minLength: 3, maxLength: 254 })

export const Sender = Obj({
  id: Id,
  name: Type.String(),
  email: Type.String(),
  reply_to: Nullable(Type.String()),
  default: Type.Boolean({ description: 'Exactly one sender of an account is the default' }),
  allowed_role_ids: Type.Array(Id),
  domain_id: Nullable(Id),
  state: OneOf(['pending', 'verified', 'blocked']),
  version: Type.Integer(),
})
export type Sender = Static<typeof Sender>

const optionalMembers = {
  reply_to: Type.Optional(Nullable(Email)),
  default: Type.Optional(Type.Boolean()),
  allowed_role_ids: Type.Optional(Type.Array(Id, { maxItems: 100 })),
}
export const NewSender = Obj({ name: Name, email: Email, ...optionalMembers })
export type NewSender = Static<typeof NewSender>
export const SenderChange = Obj({
  name: Type.Optional(Name),
  email: Type.Optional(Email),
  ...optionalMembers,
})
export type SenderChange = Static<typeof SenderChange>

export const listSenders = route({
  method: 'GET',
  path: '/email/senders',
  summary: 'E-mail senders, newest first',
  tag: 'Senders',
  access: 'email.senders.view',
  query: Obj(pageQuery),
  reply: { 200: Page(Sender) },
})
export const createSender = route({
  method: 'POST',
  path: '/email/senders',
  summary: 'Add an e-mail sender',
  tag: 'Senders',
  access: 'email.senders.manage',
  body: NewSender,
  records: ['sender.created'],
  reply: { 201: Sender },
  problems: ['name_taken', 'email_invalid', 'unknown_role'],
})
export const getSender = route({
  method: 'GET',
  path: '/email/senders/{id}',
  summary: 'One e-mail sender',
  tag: 'Senders',
  access: 'email.senders.view',
  params: IdParams,
  reply: { 200: Sender },
})
export const changeSender = route({
  method: 'PATCH',
  path: '/email/senders/{id}',
  summary: 'Change an e-mail sender',
  tag: 'Senders',
  access: 'email.senders.manage',
  ifMatch: 'optional',
  params: IdParams,
  body: SenderChange,
  records: ['sender.changed'],
  reply: { 200: Sender },
  problems: ['name_taken', 'email_invalid', 'unknown_role'],
})
export const deleteSender = route({
  method: 'DELETE',
  path: '/email/senders/{id}',
  summary: 'Remove an e-mail sender; when it was the default, the oldest other one becomes it',
  tag: 'Senders',
  access: 'email.senders.manage',
  ifMatch: 'optional',
  params: IdParams,
  records: ['sender.deleted'],
  reply: { 204: NoContent },
})
export const resendSenderConfirmation = route({
  method: 'POST',
  path: '/email/senders/{id}/resend-confirmation',
  summary: 'Mail the link again that confirms an address; earlier ones die',
  tag: 'Senders',
  access: 'email.senders.manage',
  params: IdParams,
  body: Empty,
  records: { nothing: 'mails a link to the address; what it does is recorded when it is used' },
  reply: { 202: Sender },
  problems: ['not_resendable', 'rate_limited'],
})
const Token = Type.String({ minLength: 1, maxLength: 200 })
export const peekSenderConfirmation = route({
  method: 'POST',
  path: '/sender-confirmation',
  summary: 'What a confirmation link is about; consumes nothing',
  tag: 'Links',
  access: 'public',
  records: { nothing: 'only looks' },
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 200: Obj({ email: Type.String() }) },
  problems: ['link_refused'],
})
export const confirmSender = route({
  method: 'POST',
  path: '/sender-confirmation/confirm',
  summary: 'Confirm that an address may be sent from',
  tag: 'Links',
  access: 'public',
  records: ['sender.changed'],
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 204: NoContent },
  problems: ['link_refused'],
})
