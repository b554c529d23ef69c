import Type, { type Static } from 'typebox'
import { AccountSettings } from '../accounts/contract.ts'
import { Obj, OneOf } from '../http/contract.ts'

const Password = Type.String({ minLength: 1, maxLength: 1024 })
const Email = Type.String({ minLength: 3, maxLength: 254 })
const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 60 }))
const Key = Type.String({ minLength: 1, maxLength: 254 })
const TotpSecret = Type.String({ pattern: '^[A-Za-z2-7][A-Za-z2-7 =-]{15,127}$' })
const Permissions = Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { uniqueItems: true })
const Scopes = Type.Array(OneOf(['panel', 'api', 'smtp']), { minItems: 1, uniqueItems: true })

const Staff = Obj({
  email: Email,
  password: Password,
  login: Type.Optional(Email),
  first_name: Name,
  last_name: Name,
  permissions: Type.Optional(Permissions),
  totp_secret: Type.Optional(TotpSecret),
})

const Entry = Type.Union([
  Type.String(),
  Obj({
    address: Type.String(),
    label: Type.Optional(Type.String({ maxLength: 120 })),
    scopes: Type.Optional(Scopes),
    target: Type.Optional(Obj({ type: OneOf(['account', 'user']), user_id: Type.Optional(Key) })),
    expires_at: Type.Optional(Type.String({ format: 'date-time' })),
    activate: Type.Optional(Type.Boolean()),
  }),
])

const User = Obj({
  email: Email,
  password: Password,
  roles: Type.Array(Key, { minItems: 1, uniqueItems: true }),
  login: Type.Optional(Email),
  key: Type.Optional(Key),
  first_name: Name,
  last_name: Name,
  phone: Type.Optional(Type.String({ pattern: '^\\+[1-9]\\d{6,14}$' })),
  phone_verified: Type.Optional(Type.Boolean()),
  language: Type.Optional(OneOf(['en', 'pl', 'de'])),
  mfa: Type.Optional(OneOf(['off', 'email', 'sms', 'totp', 'passkey', 'own_choice'])),
  totp_secret: Type.Optional(TotpSecret),
  recovery_codes: Type.Optional(Type.Boolean()),
  break_glass: Type.Optional(Type.Boolean()),
  status: Type.Optional(OneOf(['active', 'disabled', 'invited'])),
})

const Account = Obj({
  name: Type.String({ minLength: 2, maxLength: 120 }),
  key: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
  status: Type.Optional(OneOf(['pending', 'test', 'active', 'suspended', 'closed'])),
  entitlements: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  settings: Type.Optional(AccountSettings),
  mfa_policy: Type.Optional(
    Obj({
      require: OneOf(['optional', 'admins', 'all']),
      methods: Type.Array(OneOf(['email', 'sms', 'totp', 'passkey']), { uniqueItems: true }),
      trusted_device_days: Type.Union([0, 1, 7, 30].map((days) => Type.Literal(days))),
      device_bound_owners: Type.Optional(Type.Boolean()),
    }),
  ),
  ip_entries: Type.Optional(Type.Array(Entry, { maxItems: 1_000 })),
  roles: Type.Optional(
    Type.Array(
      Obj({ key: Key, name: Type.String({ minLength: 2, maxLength: 60 }), permissions: Permissions }),
    ),
  ),
  users: Type.Array(User),
})

/** Body of POST /test/seed (security.md §7). */
export const Seed = Obj({
  reset: Type.Optional(Type.Boolean()),
  staff: Type.Optional(Type.Array(Staff)),
  accounts: Type.Optional(Type.Array(Account)),
})
export type Seed = Static<typeof Seed>
export type SeedStaff = Static<typeof Staff>
export type SeedAccount = Static<typeof Account>
export type SeedUser = Static<typeof User>

export const ClockMove = Obj({
  advance_seconds: Type.Optional(Type.Integer()),
  set: Type.Optional(Type.String({ format: 'date-time' })),
  reset: Type.Optional(Type.Literal(true)),
})
export type ClockMove = Static<typeof ClockMove>
