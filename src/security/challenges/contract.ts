import Type, { type Static } from 'typebox'
import { Nullable, Obj, OneOf, RawString, Timestamp } from '../../http/contract.ts'

/** From the weakest to the strongest. */
export const factorMethods = ['email', 'sms', 'totp', 'passkey'] as const
export type FactorMethod = (typeof factorMethods)[number]

export const challengePurposes = [
  'sign_in',
  'step_up',
  'enrol',
  'email_change',
  'phone_change',
  'break_glass',
] as const
export type ChallengePurpose = (typeof challengePurposes)[number]

export const Challenge = Obj({
  id: Type.String({ description: '22 characters base64url' }),
  purpose: OneOf(challengePurposes),
  method: OneOf(factorMethods),
  destination: Nullable(Type.String({ description: 'masked address or number' })),
  expires_at: Timestamp,
  resend_after: Nullable(Timestamp),
  attempts_left: Type.Integer({ minimum: 0 }),
  sent: Type.Boolean(),
  alternatives: Type.Array(
    Obj({ method: OneOf([...factorMethods, 'recovery']), destination: Nullable(Type.String()) }),
  ),
  options: Type.Optional(
    Type.Object({}, { additionalProperties: true, description: 'WebAuthn request options' }),
  ),
})
export type Challenge = Static<typeof Challenge>

/** Any text may come: whatever is no id of ours names no challenge, and says so like any closed one. */
export const ChallengeParams = Obj({ id: Type.String({ minLength: 1, maxLength: 200 }) })

/** Kept as typed: what is not exactly a code is `code_malformed`, never a wrong guess. */
export const Code = RawString({
  description: '6 digits by SMS and app, 8 by e-mail; spaces and dashes do not matter',
})
export const Credential = Type.Object(
  {},
  { additionalProperties: true, description: 'WebAuthn credential as JSON' },
)
