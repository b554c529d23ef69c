import Type from 'typebox'
import { Nullable, Obj, OneOf, RawString, route, Timestamp } from '../../http/contract.ts'
import { Challenge, ChallengeParams, Code, Credential, factorMethods } from '../challenges/contract.ts'
import { Session } from '../contract.ts'

const bytesMax = 65_536

export const proveEnrolment = route({
  method: 'POST',
  path: '/sign-in/enrolments/{id}/proof',
  summary: 'Prove that you are the person the account knows, before the first factor is bound',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({ token: Type.Optional(RawString({ maxLength: 200 })), code: Type.Optional(Code) }),
  records: { nothing: 'the sign-in it belongs to is recorded when it ends' },
  reply: { 200: Obj({ status: OneOf(['open']), methods: Type.Array(OneOf(factorMethods)) }) },
  problems: [
    'code_malformed',
    'link_refused',
    'code_wrong',
    'challenge_closed',
    'factor_backoff',
    'rate_limited',
  ],
})

export const resendEnrolmentProof = route({
  method: 'POST',
  path: '/sign-in/enrolments/{id}/proof/resend',
  summary: 'Send the link or the code of the proof again',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({ via: Type.Optional(Type.String({ maxLength: 20 })) }),
  records: { nothing: 'the sign-in it belongs to is recorded when it ends' },
  reply: { 200: Obj({ resend_after: Nullable(Timestamp) }) },
  problems: ['challenge_closed', 'method_not_offered', 'resend_wait', 'sms_limited', 'phone_not_allowed'],
})

export const beginEnrolledFactor = route({
  method: 'POST',
  path: '/sign-in/enrolments/{id}/factors',
  summary: 'Choose the first factor and begin to bind it',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({ method: Type.String({ maxLength: 20 }) }),
  records: { nothing: 'an unconfirmed factor does not count' },
  reply: {
    201: Obj({
      factor_id: Type.String(),
      secret: Type.Optional(Type.String()),
      otpauth_uri: Type.Optional(Type.String()),
      qr_svg: Type.Optional(Type.String()),
      expires_at: Type.Optional(Timestamp),
      options: Type.Optional(Type.Object({}, { additionalProperties: true })),
      challenge: Type.Optional(Challenge),
    }),
  },
  problems: ['challenge_closed', 'proof_required', 'method_not_offered', 'sms_limited', 'phone_not_allowed'],
})

export const confirmEnrolledFactor = route({
  method: 'POST',
  path: '/sign-in/enrolments/{id}/confirm',
  summary: 'Confirm the first factor and be signed in',
  tag: 'Sign-in',
  access: 'public',
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({
    factor_id: Type.String({ minLength: 1, maxLength: 200 }),
    code: Type.Optional(Code),
    credential: Type.Optional(Credential),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
  }),
  records: ['login.succeeded', 'factor.added', 'recovery_codes.created', 'ip.confirmed', 'session.ended'],
  reply: {
    200: Obj({
      status: OneOf(['signed_in']),
      session: Session,
      next: Nullable(Type.String()),
      recovery_codes: Type.Array(Type.String()),
    }),
  },
  problems: [
    'code_malformed',
    'code_wrong',
    'challenge_closed',
    'proof_required',
    'credential_refused',
    'not_device_bound',
    'rate_limited',
  ],
})
