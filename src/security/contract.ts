import Type, { type Static } from 'typebox'
import {
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  RawString,
  route,
  Timestamp,
} from '../http/contract.ts'

const Password = RawString({ minLength: 1, maxLength: 1024 })
const Language = OneOf(['en', 'pl', 'de'])
const Theme = OneOf(['light', 'dark', 'auto'])

export const Session = Obj({
  user: Obj({
    id: Id,
    login: Type.String(),
    email: Type.String(),
    first_name: Type.String(),
    last_name: Type.String(),
    language: Language,
  }),
  account: Obj({ id: Id, name: Type.String(), kind: OneOf(['tenant', 'operator']) }),
  roles: Type.Array(Obj({ id: Id, name: Type.String() })),
  permissions: Type.Array(Type.String()),
  limited: Nullable(OneOf(['recovery', 'after_reset', 'break_glass', 'password_change'])),
  amr: Type.Array(Type.String()),
  created_at: Timestamp,
  idle_expires_at: Timestamp,
  expires_at: Timestamp,
  fresh: Obj({ general_until: Nullable(Timestamp), factors_until: Nullable(Timestamp) }),
  impersonation: Nullable(Obj({ staff_name: Type.String(), expires_at: Timestamp, write: Type.Boolean() })),
  current_address: Nullable(Type.String()),
  mfa: Obj({ required: Type.Boolean(), setting: Type.String(), entitled: Type.Boolean() }),
})
export type Session = Static<typeof Session>

export const getSession = route({
  method: 'GET',
  path: '/session',
  summary: 'The session of the caller',
  tag: 'Sign-in',
  access: 'session',
  reply: { 200: Session },
})

export const signOut = route({
  method: 'POST',
  path: '/sign-out',
  summary: 'End the session',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  records: ['logout'],
  body: Empty,
  reply: { 204: NoContent },
})

const OwnSession = Obj({
  id: Id,
  current: Type.Boolean(),
  created_at: Timestamp,
  last_active_at: Timestamp,
  address: Type.String(),
  agent: Type.String(),
  amr: Type.Array(Type.String()),
  limited: Nullable(Type.String()),
})
export const listOwnSessions = route({
  method: 'GET',
  path: '/me/sessions',
  summary: 'Own open sessions',
  tag: 'Sign-in',
  access: 'session',
  reply: { 200: Obj({ data: Type.Array(OwnSession), next_cursor: Type.Null(), has_more: Type.Boolean() }) },
})
export const endOwnSession = route({
  method: 'DELETE',
  path: '/me/sessions/{id}',
  summary: 'End one of the own sessions',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  records: ['session.ended'],
  params: IdParams,
  reply: { 204: NoContent },
})
export const endOtherSessions = route({
  method: 'POST',
  path: '/me/sessions/end-others',
  summary: 'End all other own sessions',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  records: ['session.ended'],
  body: Empty,
  reply: { 200: Obj({ ended: Type.Integer() }) },
})

const Me = Obj({
  id: Id,
  login: Type.String(),
  email: Type.String(),
  phone_masked: Nullable(Type.String()),
  phone_verified: Type.Boolean(),
  first_name: Type.String(),
  last_name: Type.String(),
  language: Language,
  time_zone: Type.String(),
  theme: Theme,
})
export type Me = Static<typeof Me>
export const getMe = route({
  method: 'GET',
  path: '/me',
  summary: 'Own profile',
  tag: 'Profile',
  access: 'session',
  reply: { 200: Me },
})
export const changeMe = route({
  method: 'PATCH',
  path: '/me',
  summary: 'Change the own profile',
  tag: 'Profile',
  access: 'session',
  records: ['user.changed'],
  body: Obj({
    first_name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    last_name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    language: Type.Optional(Language),
    time_zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    theme: Type.Optional(Theme),
  }),
  reply: { 200: Me },
})
export const changeOwnPassword = route({
  method: 'POST',
  path: '/me/password',
  summary: 'Change the own password; other sessions end',
  tag: 'Profile',
  access: 'session',
  records: ['password.changed'],
  stepUp: 'general',
  whileSuspended: true,
  bodyBytesMax: 65_536,
  body: Obj({ current_password: Type.Optional(Password), new_password: Password }),
  reply: { 204: NoContent },
  problems: ['current_password_wrong', 'password_weak', 'password_reused'],
})
