import Type from 'typebox'
import { Empty, NoContent, Nullable, Obj, OneOf, RawString, route, Timestamp } from '../../http/contract.ts'
import { Challenge, ChallengeParams, Code, Credential, factorMethods } from '../challenges/contract.ts'
import { Session } from '../contract.ts'

const Login = Type.String({ minLength: 1, maxLength: 254 })
const Password = RawString({ minLength: 1, maxLength: 1024 })
const Next = Type.Optional(Type.String({ maxLength: 2048 }))
/** Sign-in paths take at most 64 KiB (security.md §4.9). */
export const signInBytesMax = 65_536

const signedIn = {
  status: OneOf(['signed_in']),
  session: Session,
  next: Nullable(Type.String()),
}
export const SignedIn = Obj(signedIn)
const Challenged = Obj({
  status: OneOf(['challenge']),
  challenge: Challenge,
  trusted_device_days: Type.Optional(
    Type.Integer({
      description: 'How long this browser may go unasked, if the person wishes; left out: not at all',
    }),
  ),
})

export const proofWays = ['email_link', 'sms_code', 'none'] as const
const EnrolmentRequired = Obj({
  status: OneOf(['enrolment_required']),
  enrolment: Obj({
    id: Type.String(),
    methods: Type.Array(OneOf(factorMethods)),
    proof: Obj({
      via: OneOf(proofWays),
      destination: Nullable(Type.String()),
      alternatives: Type.Array(OneOf(proofWays)),
    }),
    expires_at: Timestamp,
  }),
})

export const signIn = route({
  method: 'POST',
  path: '/sign-in',
  summary: 'Sign in with login and password',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  body: Obj({ login: Login, password: Password, next: Next }),
  records: { whenChanged: ['login.succeeded', 'ip.confirmed', 'session.ended'] },
  reply: { 200: Type.Union([SignedIn, Challenged, EnrolmentRequired]) },
  problems: ['sign_in_refused', 'rate_limited', 'busy', 'unavailable'],
})

export const verifySignIn = route({
  method: 'POST',
  path: '/sign-in/challenges/{id}/verify',
  summary: 'Prove the second factor',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  params: ChallengeParams,
  body: Obj({
    code: Type.Optional(Code),
    recovery_code: Type.Optional(Code),
    credential: Type.Optional(Credential),
    trust_device: Type.Optional(Type.Boolean()),
  }),
  records: [
    'login.succeeded',
    'trusted_device.added',
    'recovery_code.used',
    'break_glass.used',
    'ip.exception',
    'ip.confirmed',
    'session.ended',
  ],
  reply: { 200: Obj({ ...signedIn, recovery_codes_left: Type.Optional(Type.Integer()) }) },
  problems: [
    'code_malformed',
    'code_wrong',
    'challenge_closed',
    'factor_backoff',
    'rate_limited',
    'unavailable',
  ],
})

export const resendSignInCode = route({
  method: 'POST',
  path: '/sign-in/challenges/{id}/resend',
  summary: 'Send a new code; the old one is dead',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  params: ChallengeParams,
  body: Empty,
  records: { nothing: 'the sign-in it belongs to is recorded when it ends' },
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['challenge_closed', 'not_resendable', 'resend_wait', 'sms_limited', 'phone_not_allowed'],
})

export const switchSignInMethod = route({
  method: 'POST',
  path: '/sign-in/challenges/{id}/use',
  summary: 'Go on with another of the offered methods',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  params: ChallengeParams,
  body: Obj({ method: Type.String({ maxLength: 20 }) }),
  records: { nothing: 'the sign-in it belongs to is recorded when it ends' },
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['challenge_closed', 'method_not_offered', 'sms_limited', 'resend_wait', 'phone_not_allowed'],
})

export const cancelSignIn = route({
  method: 'POST',
  path: '/sign-in/challenges/{id}/cancel',
  summary: 'Give the sign-in up',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  params: ChallengeParams,
  body: Empty,
  records: { nothing: 'nobody was signed in' },
  reply: { 204: NoContent },
})

export const getPasskeyOptions = route({
  method: 'POST',
  path: '/sign-in/passkey/options',
  summary: 'Begin signing in with a passkey alone',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  body: Empty,
  records: { nothing: 'nobody is known yet' },
  reply: {
    200: Obj({
      id: Type.String(),
      options: Type.Object({}, { additionalProperties: true }),
      expires_at: Timestamp,
    }),
  },
  problems: ['rate_limited', 'unavailable'],
})

export const signInWithPasskey = route({
  method: 'POST',
  path: '/sign-in/passkey',
  summary: 'Sign in with a passkey alone',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  body: Obj({ id: Type.String({ minLength: 1, maxLength: 200 }), credential: Credential, next: Next }),
  records: ['login.succeeded', 'ip.confirmed', 'session.ended'],
  reply: { 200: SignedIn },
  problems: ['sign_in_refused', 'rate_limited', 'unavailable'],
})

export const refuseSignIn = route({
  method: 'POST',
  path: '/sign-in/not-me',
  summary: 'This sign-in was not mine: stop it',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  body: Obj({ token: Type.String({ minLength: 1, maxLength: 200 }) }),
  records: ['password.reset_requested', 'challenge.locked'],
  reply: { 204: NoContent },
  problems: ['link_refused'],
})

export const signInByBreakGlass = route({
  method: 'POST',
  path: '/break-glass',
  summary: 'Enter from outside the list of addresses with a break-glass code',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: signInBytesMax,
  body: Obj({
    login: Login,
    password: Password,
    break_glass_code: RawString({ minLength: 1, maxLength: 200 }),
  }),
  records: { nothing: 'the exception is recorded when the factor has opened it' },
  reply: { 200: Challenged },
  problems: ['sign_in_refused', 'rate_limited', 'busy', 'unavailable'],
})
