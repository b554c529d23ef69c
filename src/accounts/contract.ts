import Type, { type Static } from 'typebox'
import { Id, Nullable, Obj, OneOf, route, Timestamp } from '../http/contract.ts'

export const Account = Obj({
  id: Id,
  name: Type.String(),
  slug: Type.String(),
  status: OneOf(['pending', 'test', 'active', 'suspended', 'closed']),
  default_language: OneOf(['en', 'pl', 'de']),
  time_zone: Type.String(),
  country: Type.String(),
  currency: Type.String(),
  contact_email: Nullable(Type.String()),
  description: Nullable(Type.String()),
  postal_address: Nullable(Type.String()),
  require_consent: Obj({
    email: Type.Boolean(),
    sms: Type.Boolean(),
    push: Type.Boolean(),
    rcs: Type.Boolean(),
  }),
  demo_data: Type.Boolean({ description: 'Sample data is present' }),
  created_at: Timestamp,
  updated_at: Timestamp,
  version: Type.Integer(),
})
export type Account = Static<typeof Account>

export const AccountSettings = Obj({
  name: Type.Optional(Type.String({ minLength: 2, maxLength: 120 })),
  default_language: Type.Optional(OneOf(['en', 'pl', 'de'])),
  time_zone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  contact_email: Type.Optional(Nullable(Type.String({ maxLength: 254 }))),
  description: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  postal_address: Type.Optional(Nullable(Type.String({ minLength: 3, maxLength: 500 }))),
  require_consent: Type.Optional(
    Obj({
      email: Type.Optional(Type.Boolean()),
      sms: Type.Optional(Type.Boolean()),
      push: Type.Optional(Type.Boolean()),
      rcs: Type.Optional(Type.Boolean()),
    }),
  ),
})
export type AccountSettings = Static<typeof AccountSettings>

export const getAccount = route({
  method: 'GET',
  path: '/account',
  summary: 'The own account',
  tag: 'Account',
  access: 'account.settings.view',
  reply: { 200: Account },
})
export const changeAccount = route({
  method: 'PATCH',
  path: '/account',
  summary: 'Change the own account',
  tag: 'Account',
  access: 'account.settings.manage',
  ifMatch: 'optional',
  body: AccountSettings,
  records: ['account.changed'],
  reply: { 200: Account },
})

export const getHealth = route({
  method: 'GET',
  path: '/health',
  summary: '200 once everything is ready',
  tag: 'Instance',
  access: 'public',
  reply: { 200: Obj({ status: OneOf(['ok']) }) },
  problems: ['unavailable'],
})
