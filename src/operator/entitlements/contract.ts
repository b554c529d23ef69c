import Type, { type Static } from 'typebox'
import { Id, IdParams, Nullable, Obj, OneOf, PartialObj, route, Timestamp } from '../../http/contract.ts'

const Methods = Type.Array(OneOf(['email', 'sms', 'totp', 'passkey']), { uniqueItems: true, maxItems: 4 })
const securityMembers = {
  mfa: Type.Boolean(),
  mfa_methods: Methods,
  mfa_floor: OneOf(['none', 'admins', 'all']),
  sms_countries: Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { uniqueItems: true, maxItems: 250 }),
  sms_daily_budget: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  ip_entry_limit: Type.Integer({ minimum: 1, maximum: 1_000 }),
}
export const SecurityEntitlements = Obj({ ...securityMembers, version: Type.Integer() })
export type SecurityEntitlements = Static<typeof SecurityEntitlements>

export const getSecurityEntitlements = route({
  method: 'GET',
  path: '/operator/accounts/{id}/entitlements',
  summary: 'What the account may use for the protection of its sign-in',
  tag: 'Operator',
  access: 'operator.accounts.view',
  params: IdParams,
  reply: { 200: SecurityEntitlements },
})

export const changeSecurityEntitlements = route({
  method: 'PUT',
  path: '/operator/accounts/{id}/entitlements',
  summary: 'Grant or withdraw what protects the sign-in of an account; what is left out stays',
  tag: 'Operator',
  access: 'operator.entitlements.manage',
  stepUp: 'general',
  ifMatch: 'required',
  params: IdParams,
  body: PartialObj(securityMembers),
  records: ['entitlement.changed'],
  reply: { 200: SecurityEntitlements },
  problems: ['methods_empty'],
})

const EntitlementValue = Type.Union([Type.Boolean(), Type.Integer({ minimum: 0 }), Type.Null()])
const Entitlement = Obj({
  key: Type.String(),
  value: EntitlementValue,
  source: OneOf(['account', 'default']),
  used: Nullable(Type.Integer()),
})
const Entitlements = Obj({ data: Type.Array(Entitlement), version: Type.Integer() })

export const getAccountEntitlements = route({
  method: 'GET',
  path: '/accounts/{id}/entitlements',
  summary: 'Everything an account may use, apart from the protection of its sign-in',
  tag: 'Operator',
  access: 'operator.accounts.view',
  params: IdParams,
  reply: { 200: Entitlements },
})

export const changeAccountEntitlements = route({
  method: 'PATCH',
  path: '/accounts/{id}/entitlements',
  summary: 'Grant or withdraw; null gives a key its usual value back',
  tag: 'Operator',
  access: 'operator.entitlements.manage',
  stepUp: 'general',
  ifMatch: 'optional',
  params: IdParams,
  body: Obj({
    values: Type.Record(Type.String({ minLength: 1, maxLength: 60 }), EntitlementValue),
    valid_until: Type.Optional(Nullable(Timestamp)),
    note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  }),
  records: ['entitlement.changed'],
  reply: { 200: Entitlements },
})

export const getOwnEntitlements = route({
  method: 'GET',
  path: '/account/entitlements',
  summary: 'What the own account may use',
  tag: 'Account',
  access: 'session',
  reply: { 200: Obj({ account_id: Id, data: Type.Array(Entitlement) }) },
})
