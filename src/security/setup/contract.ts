import Type from 'typebox'
import { Id, Nullable, Obj, RawString, route } from '../../http/contract.ts'
import { entryProblems } from '../network/contract.ts'

const Login = Type.String({ minLength: 1, maxLength: 254 })
const Password = RawString({ minLength: 1, maxLength: 1024 })

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
  records: { nothing: 'an offer, not yet a factor' },
  reply: {
    200: Obj({
      current_address: Nullable(Type.String()),
      restrict_possible: Type.Boolean(),
      restrict_refused: Nullable(Type.String({ description: 'Code of the reason' })),
      public_url: Type.String(),
      totp: Obj({ id: Id, secret: Type.String(), otpauth_uri: Type.String(), qr_svg: Type.String() }),
      totp_required: Type.Boolean({ description: 'False in development on loopback' }),
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
    staff: Obj({ ...Person, login: Login, totp_code: Type.Optional(Type.String({ maxLength: 20 })) }),
    account: Obj({ name: Type.String({ minLength: 2, maxLength: 120 }) }),
    owner: Obj({ ...Person, login: Type.Optional(Login) }),
    grant_mfa: Type.Optional(Type.Boolean({ default: true })),
    restrict_to_current_address: Type.Optional(Type.Boolean({ default: false })),
    demo_data: Type.Optional(Type.Boolean({ default: false })),
  }),
  records: ['setup.completed'],
  reply: { 201: Obj({ account_id: Id, owner_id: Id, staff_id: Id }) },
  problems: ['link_refused', 'setup_done', 'password_weak', 'login_taken', 'totp_required', ...entryProblems],
})
