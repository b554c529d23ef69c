import Type, { type Static } from 'typebox'
import {
  Count,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  Page,
  PartialObj,
  pageQuery,
  route,
  Timestamp,
} from '../../http/contract.ts'

const Status = OneOf(['pending', 'test', 'active', 'suspended', 'closed'])
const Name = Type.String({ minLength: 2, maxLength: 120 })
const Slug = Type.String({ pattern: '^[a-z0-9-]{3,40}$' })
const Day = Type.String({ format: 'date' })

const settings = {
  name: Name,
  valid_until: Nullable(Day),
  default_language: OneOf(['en', 'pl', 'de']),
  time_zone: Type.String({ minLength: 1, maxLength: 64 }),
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  contact_email: Nullable(Type.String({ maxLength: 254 })),
  agent_email: Nullable(Type.String({ maxLength: 254 })),
  description: Nullable(Type.String({ maxLength: 500 })),
  hint: Nullable(Type.String({ maxLength: 250 })),
}

/** What the operator sees of an account: never contacts, messages or files. */
export const OperatedAccount = Obj({
  id: Id,
  parent_id: Nullable(Id),
  kind: OneOf(['instance', 'customer']),
  slug: Type.String(),
  status: Status,
  status_reason: Nullable(Type.String()),
  ...settings,
  users: Count,
  closed_at: Nullable(Timestamp),
  erase_after: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type OperatedAccount = Static<typeof OperatedAccount>

export const listAccounts = route({
  method: 'GET',
  path: '/accounts',
  summary: 'Accounts of the installation',
  tag: 'Operator',
  access: 'operator.accounts.view',
  query: Obj({
    ...pageQuery,
    q: Type.Optional(Type.String({ maxLength: 120 })),
    status: Type.Optional(Status),
  }),
  reply: { 200: Page(OperatedAccount) },
})

export const getOperatedAccount = route({
  method: 'GET',
  path: '/accounts/{id}',
  summary: 'One account as the operator sees it',
  tag: 'Operator',
  access: 'operator.accounts.view',
  params: IdParams,
  reply: { 200: OperatedAccount },
})

export const createAccount = route({
  method: 'POST',
  path: '/accounts',
  summary: 'Open an account and invite its owner',
  tag: 'Operator',
  access: 'operator.accounts.manage',
  stepUp: 'general',
  body: Obj({
    ...PartialObj(settings).properties,
    name: Name,
    slug: Type.Optional(Slug),
    status: Type.Optional(OneOf(['test', 'active'])),
    owner: Obj({
      email: Type.String({ minLength: 3, maxLength: 254 }),
      first_name: Type.String({ minLength: 1, maxLength: 60 }),
      last_name: Type.String({ minLength: 1, maxLength: 60 }),
      language: Type.Optional(OneOf(['en', 'pl', 'de'])),
    }),
  }),
  records: ['account.created', 'user.invited'],
  reply: { 201: OperatedAccount },
  problems: ['name_taken'],
})

export const changeOperatedAccount = route({
  method: 'PATCH',
  path: '/accounts/{id}',
  summary: 'Change an account',
  tag: 'Operator',
  access: 'operator.accounts.manage',
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: PartialObj(settings),
  records: ['account.changed'],
  reply: { 200: OperatedAccount },
  problems: ['name_taken'],
})

const statusChange = <const P extends `/${string}`>(path: P, summary: string) =>
  route({
    method: 'POST',
    path,
    summary,
    tag: 'Operator',
    access: 'operator.accounts.manage',
    stepUp: 'general',
    params: IdParams,
    body: Obj({ reason: Type.String({ minLength: 3, maxLength: 500 }) }),
    records: {
      whenChanged: ['account.status_changed', 'account.closed', 'account.reopened', 'signup.approved'],
    },
    reply: { 200: OperatedAccount },
    problems: ['not_active'],
  })

export const suspendAccount = statusChange(
  '/accounts/{id}/suspend',
  'Suspend an account; it may be read only',
)
export const resumeAccount = statusChange('/accounts/{id}/resume', 'Let a suspended account go on')
export const closeAccount = statusChange(
  '/accounts/{id}/close',
  'Close an account; it is erased after 30 days',
)
export const reopenAccount = statusChange(
  '/accounts/{id}/reopen',
  'Open a closed account again before it is erased',
)

export const OperatedUser = Obj({
  id: Id,
  login: Type.String(),
  email: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  status: OneOf(['invited', 'active', 'disabled']),
  roles: Type.Array(Type.String()),
  administrator: Type.Boolean(),
  factors: Count,
  last_sign_in_at: Nullable(Timestamp),
  last_address: Nullable(Type.String()),
})
export type OperatedUser = Static<typeof OperatedUser>

export const listAccountUsers = route({
  method: 'GET',
  path: '/operator/accounts/{id}/users',
  summary: 'Users of an account, to help one of them',
  tag: 'Operator',
  access: 'operator.accounts.view',
  params: IdParams,
  query: Obj({ ...pageQuery, q: Type.Optional(Type.String({ maxLength: 120 })) }),
  reply: { 200: Page(OperatedUser) },
})
