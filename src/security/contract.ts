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

const Login = Type.String({ minLength: 1, maxLength: 254 })
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

export const getSetup = route({
  method: 'GET',
  path: '/setup',
  summary: 'Whether the first run is still open',
  tag: 'Set-up',
  access: 'public',
  reply: { 200: Obj({ needed: Type.Boolean() }) },
})
const SetupToken = Type.String({ minLength: 1, maxLength: 200 })
export const inspectSetup = route({
  method: 'POST',
  path: '/setup/inspect',
  summary: 'What the first-run page may offer',
  tag: 'Set-up',
  access: 'public',
  bodyBytesMax: 65_536,
  body: Obj({ token: SetupToken }),
  reply: {
    200: Obj({
      current_address: Nullable(Type.String()),
      restrict_possible: Type.Boolean(),
      public_url: Type.String(),
    }),
  },
  problems: ['link_refused', 'setup_done'],
})
const Person = {
  email: Type.String({ minLength: 3, maxLength: 254 }),
  first_name: Type.String({ minLength: 1, maxLength: 60 }),
  last_name: Type.String({ minLength: 1, maxLength: 60 }),
  password: Password,
}
export const completeSetup = route({
  method: 'POST',
  path: '/setup',
  summary: 'Make the staff user, the first account and its owner',
  tag: 'Set-up',
  access: 'public',
  bodyBytesMax: 65_536,
  body: Obj({
    token: SetupToken,
    staff: Obj({ ...Person, login: Login, totp_code: Type.Optional(Type.String({ maxLength: 10 })) }),
    account: Obj({ name: Type.String({ minLength: 2, maxLength: 120 }) }),
    owner: Obj({ ...Person, login: Type.Optional(Login) }),
    grant_mfa: Type.Optional(Type.Boolean({ default: true })),
    restrict_to_current_address: Type.Optional(Type.Boolean({ default: false })),
    demo_data: Type.Optional(Type.Boolean({ default: false })),
  }),
  reply: { 201: Obj({ account_id: Id, owner_id: Id, staff_id: Id }) },
  problems: ['link_refused', 'setup_done', 'password_weak', 'login_taken'],
})
