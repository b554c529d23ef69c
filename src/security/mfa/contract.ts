import Type, { type Static } from 'typebox'
import { Count, Id, IdParams, Nullable, Obj, OneOf, route, Timestamp } from '../../http/contract.ts'
import { type FactorMethod, factorMethods } from '../challenges/contract.ts'

export const methods = factorMethods
export type Method = FactorMethod
export const settings = ['off', ...methods, 'own_choice'] as const
export type Setting = (typeof settings)[number]
export const requirements = ['optional', 'admins', 'all'] as const
export type Requirement = (typeof requirements)[number]
export const floors = ['none', 'admins', 'all'] as const
export type Floor = (typeof floors)[number]

export const MethodField = OneOf(methods)
export const SettingField = OneOf(settings)

const Person = Obj({ id: Id, name: Type.String() })

/** Whose word decides, and what it demands (security.md §3.1). */
export const Effective = Obj({
  required: Type.Boolean(),
  by: OneOf(['operator', 'account', 'user', 'own_factor', 'none']),
  methods: Type.Array(MethodField),
})

const Days = Type.Unsafe<0 | 1 | 7 | 30>({ type: 'integer', enum: [0, 1, 7, 30] })
const policyFields = {
  entitled: Type.Boolean(),
  operator: Obj({ methods: Type.Array(MethodField), floor: OneOf(floors), contact: Type.String() }),
  require: OneOf(requirements),
  methods: Type.Array(MethodField),
  trusted_device_days: Days,
  device_bound_owners: Type.Boolean(),
  version: Count,
  coverage: Obj({ users: Count, with_factor: Count, pending: Count }),
  users_without_phone: Type.Array(Person),
}

export const MfaPolicy = Obj(policyFields)
export type MfaPolicy = Static<typeof MfaPolicy>

export const getMfaPolicy = route({
  method: 'GET',
  path: '/security/mfa-policy',
  summary: 'What the account asks of its people at sign-in',
  tag: 'Security',
  access: 'account.security.view',
  reply: { 200: MfaPolicy },
})

export const changeMfaPolicy = route({
  method: 'PUT',
  path: '/security/mfa-policy',
  summary: 'Change what the account asks; sessions that do not meet it end',
  tag: 'Security',
  access: 'account.security.manage',
  stepUp: 'general',
  ifMatch: 'required',
  body: Obj({
    require: OneOf(requirements),
    methods: Type.Array(MethodField, { maxItems: 4, uniqueItems: true }),
    trusted_device_days: Days,
    device_bound_owners: Type.Optional(Type.Boolean()),
  }),
  records: ['mfa.policy_changed'],
  reply: { 200: Obj({ ...policyFields, sessions_ended: Count }) },
  problems: [
    'mfa_not_entitled',
    'enrol_yourself_first',
    'methods_empty',
    'phone_required',
    'below_floor',
    'version_required',
    'version_conflict',
  ],
})

export const UserMfa = Obj({
  entitled: Type.Boolean(),
  setting: SettingField,
  options: Type.Array(
    Obj({ value: SettingField, available: Type.Boolean(), reason: Type.Optional(Type.String()) }),
  ),
  status: OneOf(['off', 'active', 'pending_verification', 'enrolment_pending']),
  effective: Effective,
  destination: Nullable(Type.String()),
  factors: Type.Array(
    Obj({
      type: MethodField,
      name: Nullable(Type.String()),
      confirmed_at: Nullable(Timestamp),
      last_used_at: Nullable(Timestamp),
    }),
  ),
  recovery_codes_left: Count,
})
export type UserMfa = Static<typeof UserMfa>

export const getUserMfa = route({
  method: 'GET',
  path: '/users/{id}/mfa',
  summary: 'Second factor of one user: setting, what holds, what is bound',
  tag: 'Security',
  access: 'account.users.view',
  params: IdParams,
  reply: { 200: UserMfa },
  problems: ['mfa_not_entitled'],
})

export const changeUserMfa = route({
  method: 'PUT',
  path: '/users/{id}/mfa',
  summary: 'Multi-factor authentication upon login of one user',
  tag: 'Security',
  access: 'account.users.manage',
  stepUp: 'general',
  params: IdParams,
  body: Obj({ setting: SettingField }),
  records: { whenChanged: ['mfa.setting_changed'] },
  reply: { 200: UserMfa },
  problems: ['mfa_not_entitled', 'phone_required', 'email_unverified', 'methods_empty', 'below_floor'],
})

export const changeManyMfa = route({
  method: 'POST',
  path: '/users/mfa-bulk',
  summary: 'Set the same second factor for several users or all',
  tag: 'Security',
  access: 'account.users.manage',
  stepUp: 'general',
  body: Obj({
    setting: SettingField,
    user_ids: Type.Union([
      Type.Array(Id, { minItems: 1, maxItems: 1000, uniqueItems: true }),
      Type.Literal('all'),
    ]),
    skip_without_phone: Type.Optional(Type.Boolean()),
  }),
  records: { whenChanged: ['mfa.setting_changed'] },
  reply: {
    200: Obj({
      changed: Count,
      skipped: Type.Array(Obj({ id: Id, name: Type.String(), reason: Type.String() })),
    }),
  },
  problems: ['mfa_not_entitled', 'phone_required', 'methods_empty'],
})
