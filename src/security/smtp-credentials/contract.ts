import Type, { type Static } from 'typebox'
import {
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { entryProblems, NetworkText } from '../network/contract.ts'

const credentialMembers = {
  id: Id,
  username: Type.String({ description: 'smtp_ and 12 characters' }),
  name: Type.String(),
  stream_id: Id,
  cidrs: Type.Array(Type.String()),
  last_used_at: Nullable(Timestamp),
  created_at: Timestamp,
}
export const SmtpCredential = Obj(credentialMembers)
export type SmtpCredential = Static<typeof SmtpCredential>

export const listSmtpCredentials = route({
  method: 'GET',
  path: '/smtp-credentials',
  summary: 'Credentials with which programs hand in mail over SMTP',
  tag: 'SMTP credentials',
  access: 'email.streams.view',
  panelOnly: true,
  query: Obj(pageQuery),
  reply: { 200: Page(SmtpCredential) },
})

export const createSmtpCredential = route({
  method: 'POST',
  path: '/smtp-credentials',
  summary: 'Make an SMTP credential; the reply alone holds its secret',
  tag: 'SMTP credentials',
  access: 'email.streams.manage',
  panelOnly: true,
  entitlement: 'smtp.submission',
  stepUp: 'general',
  body: Obj({
    name: Type.String({ minLength: 1, maxLength: 60 }),
    stream_id: Id,
    cidrs: Type.Optional(Type.Array(NetworkText, { maxItems: 50 })),
  }),
  records: ['smtp_credential.created'],
  reply: { 201: Obj({ ...credentialMembers, secret: Type.String() }) },
  problems: ['account_pending', ...entryProblems],
})

export const deleteSmtpCredential = route({
  method: 'DELETE',
  path: '/smtp-credentials/{id}',
  summary: 'Delete an SMTP credential; it stops working at once',
  tag: 'SMTP credentials',
  access: 'email.streams.manage',
  panelOnly: true,
  stepUp: 'general',
  params: IdParams,
  records: ['smtp_credential.deleted'],
  reply: { 204: NoContent },
})

export const Stream = Obj({ id: Id, name: Type.String(), slug: Type.String() })
export const listStreams = route({
  method: 'GET',
  path: '/email/streams',
  summary: 'Streams of the e-mail channel, each with credentials of its own',
  tag: 'SMTP credentials',
  access: 'email.streams.view',
  query: Obj(pageQuery),
  reply: { 200: Page(Stream) },
})
