import Type, { type Static } from 'typebox'
import {
  Empty,
  Id,
  IdParams,
  NoContent,
  Obj,
  OneOf,
  Page,
  pageQuery,
  RawString,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { Scopes } from '../users/contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const Email = Type.String({ minLength: 3, maxLength: 254 })
const Token = Type.String({ minLength: 1, maxLength: 200 })

export const Invitation = Obj({
  id: Id,
  user_id: Id,
  email: Type.String(),
  role_ids: Type.Array(Id),
  status: OneOf(['pending', 'accepted', 'expired', 'revoked']),
  expires_at: Timestamp,
})
export type Invitation = Static<typeof Invitation>

export const createInvitation = route({
  method: 'POST',
  path: '/invitations',
  summary: 'Invite a person by e-mail; the link lives 72 hours',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['user.invited'],
  stepUp: 'general',
  body: Obj({
    email: Email,
    first_name: Name,
    last_name: Name,
    role_ids: Type.Array(Id, { minItems: 1, maxItems: 10, uniqueItems: true }),
    phone: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    language: Type.Optional(OneOf(['en', 'pl', 'de'])),
    scopes: Type.Optional(Scopes),
    mfa_setting: Type.Optional(OneOf(['off', 'email', 'sms', 'totp', 'passkey', 'own_choice'])),
  }),
  reply: { 201: Invitation },
  problems: [
    'escalation_refused',
    'mfa_not_entitled',
    'limit_reached',
    'email_taken',
    'unknown_role',
    'phone_required',
    'phone_not_allowed',
    'methods_empty',
    'below_floor',
  ],
})
export const listInvitations = route({
  method: 'GET',
  path: '/invitations',
  summary: 'Invitations of the account',
  tag: 'Users',
  access: 'account.users.view',
  query: Obj({ ...pageQuery }),
  reply: { 200: Page(Invitation) },
})
export const resendInvitation = route({
  method: 'POST',
  path: '/invitations/{id}/resend',
  summary: 'Send a new link; the former one dies',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['invitation.resent'],
  params: IdParams,
  body: Empty,
  reply: { 202: Empty },
  problems: ['not_pending', 'rate_limited'],
})
export const revokeInvitation = route({
  method: 'DELETE',
  path: '/invitations/{id}',
  summary: 'Withdraw an invitation; its link dies and the address is free again',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['invitation.revoked'],
  params: IdParams,
  reply: { 204: NoContent },
  problems: ['not_pending'],
})
export const inspectInvitation = route({
  method: 'POST',
  path: '/invitations/inspect',
  summary: 'What the page behind an invitation shows; consumes nothing',
  tag: 'Links',
  access: 'public',
  records: { nothing: 'it looks at a link and consumes nothing' },
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: {
    200: Obj({
      account_name: Type.String(),
      email: Type.String(),
      first_name: Type.String(),
      last_name: Type.String(),
      min_length: Type.Integer(),
      login_free: Type.Boolean({ description: 'Whether the e-mail address can be the login' }),
    }),
  },
  problems: ['link_refused'],
})
export const acceptInvitation = route({
  method: 'POST',
  path: '/invitations/accept',
  summary: 'Choose a password and become a user; no session',
  tag: 'Links',
  access: 'public',
  records: ['user.activated'],
  bodyBytesMax: 65_536,
  body: Obj({
    token: Token,
    password: RawString({ minLength: 1, maxLength: 4096 }),
    login: Type.Optional(Type.String({ minLength: 3, maxLength: 254 })),
    first_name: Type.Optional(Name),
    last_name: Type.Optional(Name),
  }),
  reply: { 200: Obj({ status: OneOf(['activated']), login: Type.String() }) },
  problems: ['link_refused', 'login_taken', 'password_weak', 'busy'],
})
