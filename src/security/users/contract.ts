import Type, { type Static } from 'typebox'
import {
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'

const Language = OneOf(['en', 'pl', 'de'])
const Name = Type.String({ minLength: 1, maxLength: 60 })
const Key = Type.String({ minLength: 1, maxLength: 80 })
const Ids = Type.Array(Id, { maxItems: 1_000, uniqueItems: true })

export const RoleRef = Obj({
  id: Id,
  name: Type.String(),
  built_in: Nullable(Type.String({ description: 'Key of the built-in role; null for own roles' })),
})

/** An area without an entry is not narrowed. */
export const Scopes = Obj({
  email: Type.Optional(Ids),
  sms: Type.Optional(Ids),
  push: Type.Optional(Ids),
  rcs: Type.Optional(Ids),
  contacts: Type.Optional(Ids),
})

export const userStates = ['invited', 'active', 'disabled'] as const

export const User = Obj({
  id: Id,
  login: Type.String(),
  email: Type.String(),
  email_verified: Type.Boolean(),
  phone: Nullable(Type.String()),
  phone_verified: Type.Boolean(),
  first_name: Type.String(),
  last_name: Type.String(),
  language: Language,
  time_zone: Type.String(),
  valid_until: Nullable(Type.String({ format: 'date' })),
  status: OneOf(userStates),
  sign_in_allowed: Type.Boolean(),
  roles: Type.Array(RoleRef),
  allow: Type.Array(Type.String()),
  deny: Type.Array(Type.String()),
  scopes: Scopes,
  mfa_status: OneOf(['off', 'active', 'pending_verification', 'enrolment_pending']),
  invitation_id: Nullable(Id),
  last_sign_in_at: Nullable(Timestamp),
  last_address: Nullable(Type.String()),
  created_at: Timestamp,
  version: Type.Integer(),
})
export type User = Static<typeof User>

export const UserFilter = Obj({
  ...pageQuery,
  q: Type.Optional(Type.String({ maxLength: 200 })),
  status: Type.Optional(OneOf(userStates)),
  role_id: Type.Optional(Id),
})

export const listUsers = route({
  method: 'GET',
  path: '/users',
  summary: 'People of the account',
  tag: 'Users',
  access: 'account.users.view',
  query: UserFilter,
  reply: { 200: Page(User) },
})
export const getUser = route({
  method: 'GET',
  path: '/users/{id}',
  summary: 'One person',
  tag: 'Users',
  access: 'account.users.view',
  params: IdParams,
  reply: { 200: User },
})
export const changeUser = route({
  method: 'PATCH',
  path: '/users/{id}',
  summary: 'Change a person; a changed number becomes unproven',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['user.changed', 'user.disabled', 'user.enabled', 'user.phone_changed'],
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: Obj({
    first_name: Type.Optional(Name),
    last_name: Type.Optional(Name),
    language: Type.Optional(Language),
    time_zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    valid_until: Type.Optional(Nullable(Type.String({ minLength: 10, maxLength: 10, format: 'date' }))),
    phone: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 40 }))),
    sign_in_allowed: Type.Optional(Type.Boolean()),
  }),
  reply: { 200: User },
  problems: ['escalation_refused', 'self_forbidden', 'factor_required', 'last_owner', 'phone_not_allowed'],
})
export const assignRoles = route({
  method: 'PUT',
  path: '/users/{id}/roles',
  summary: 'Roles, direct permissions, denials and scopes of a person',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['role.assigned'],
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: Obj({
    role_ids: Type.Array(Id, { maxItems: 10, uniqueItems: true }),
    allow: Type.Optional(Type.Array(Key, { maxItems: 300, uniqueItems: true })),
    deny: Type.Optional(Type.Array(Key, { maxItems: 300, uniqueItems: true })),
    scopes: Type.Optional(Scopes),
  }),
  reply: { 200: User },
  problems: ['escalation_refused', 'last_owner', 'unknown_role', 'unknown_permission'],
})
export const deleteUser = route({
  method: 'DELETE',
  path: '/users/{id}',
  summary: 'Delete a person: login and e-mail are freed, the name stays in history',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['user.deleted'],
  stepUp: 'general',
  params: IdParams,
  query: Obj({ transfer_to: Type.Optional(Id) }),
  reply: { 204: NoContent },
  problems: ['escalation_refused', 'self_forbidden', 'last_owner'],
})
export const getEffectivePermissions = route({
  method: 'GET',
  path: '/users/{id}/effective-permissions',
  summary: 'Every right of a person and where it comes from',
  tag: 'Users',
  access: 'account.users.view',
  params: IdParams,
  reply: {
    200: Obj({
      data: Type.Array(
        Obj({
          key: Type.String(),
          sources: Type.Array(
            Obj({
              type: OneOf(['role', 'direct']),
              id: Nullable(Id),
              name: Nullable(Type.String()),
            }),
          ),
          denied: Type.Boolean(),
          scope: Nullable(Type.Array(Id)),
        }),
      ),
      next_cursor: Type.Null(),
      has_more: Type.Boolean(),
    }),
  },
})

const UserSession = Obj({
  id: Id,
  current: Type.Boolean(),
  created_at: Timestamp,
  last_active_at: Timestamp,
  address: Type.String(),
  agent: Type.String(),
  amr: Type.Array(Type.String()),
  limited: Nullable(Type.String()),
})
export const listUserSessions = route({
  method: 'GET',
  path: '/users/{id}/sessions',
  summary: 'Open sessions of a person',
  tag: 'Users',
  access: 'account.users.view',
  params: IdParams,
  reply: { 200: Obj({ data: Type.Array(UserSession), next_cursor: Type.Null(), has_more: Type.Boolean() }) },
})
export const endUserSessions = route({
  method: 'DELETE',
  path: '/users/{id}/sessions',
  summary: 'Sign a person out everywhere',
  tag: 'Users',
  access: 'account.users.manage',
  records: ['session.ended'],
  stepUp: 'general',
  params: IdParams,
  reply: { 204: NoContent },
  problems: ['escalation_refused'],
})
