import Type, { type Static } from 'typebox'
import { AccountSettings } from '../accounts/contract.ts'
import { Obj, OneOf } from '../http/contract.ts'

const Password = Type.String({ minLength: 1, maxLength: 1024 })
const Email = Type.String({ minLength: 3, maxLength: 254 })
const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 60 }))

/** Body of POST /test/seed; further fields of security.md §7 come with the parts they seed and are refused until then. */
export const Seed = Obj({
  reset: Type.Optional(Type.Boolean()),
  staff: Type.Optional(
    Type.Array(
      Obj({
        email: Email,
        password: Password,
        login: Type.Optional(Email),
        first_name: Name,
        last_name: Name,
      }),
    ),
  ),
  accounts: Type.Optional(
    Type.Array(
      Obj({
        name: Type.String({ minLength: 2, maxLength: 120 }),
        key: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })),
        status: Type.Optional(OneOf(['pending', 'test', 'active', 'suspended', 'closed'])),
        entitlements: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
        settings: Type.Optional(AccountSettings),
        users: Type.Array(
          Obj({
            email: Email,
            password: Password,
            roles: Type.Array(OneOf(['owner']), { minItems: 1 }),
            login: Type.Optional(Email),
            key: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })),
            first_name: Name,
            last_name: Name,
            language: Type.Optional(OneOf(['en', 'pl', 'de'])),
            status: Type.Optional(OneOf(['active', 'disabled', 'invited'])),
          }),
        ),
      }),
    ),
  ),
})
export type Seed = Static<typeof Seed>

export const ClockMove = Obj({
  advance_seconds: Type.Optional(Type.Integer()),
  set: Type.Optional(Type.String({ format: 'date-time' })),
  reset: Type.Optional(Type.Literal(true)),
})
export type ClockMove = Static<typeof ClockMove>
