import Type from 'typebox'
import { Empty, Nullable, Obj, OneOf, RawString, route, Timestamp } from '../../http/contract.ts'
import { Challenge, ChallengeParams, Code, Credential } from '../challenges/contract.ts'

const bytesMax = 65_536
const Fresh = Obj({
  status: OneOf(['fresh']),
  fresh: Obj({ general_until: Nullable(Timestamp), factors_until: Nullable(Timestamp) }),
})

export const stepUp = route({
  method: 'POST',
  path: '/step-up',
  summary: 'Confirm again who you are; fresh for five minutes',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  bodyBytesMax: bytesMax,
  body: Obj({
    purpose: OneOf(['general', 'factors']),
    method: Type.Optional(Type.String({ maxLength: 20 })),
    password: Type.Optional(RawString({ minLength: 1, maxLength: 1024 })),
  }),
  records: { nothing: 'what it makes possible is recorded' },
  reply: { 200: Type.Union([Fresh, Obj({ status: OneOf(['challenge']), challenge: Challenge })]) },
  problems: [
    'current_password_wrong',
    'method_not_offered',
    'password_required',
    'rate_limited',
    'sms_limited',
    'phone_not_allowed',
    'factor_backoff',
  ],
})

export const verifyStepUp = route({
  method: 'POST',
  path: '/step-up/{id}/verify',
  summary: 'Prove a factor for the step-up',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({ code: Type.Optional(Code), credential: Type.Optional(Credential) }),
  records: { nothing: 'what it makes possible is recorded' },
  reply: { 200: Fresh },
  problems: ['code_malformed', 'code_wrong', 'challenge_closed', 'factor_backoff', 'rate_limited'],
})

export const resendStepUpCode = route({
  method: 'POST',
  path: '/step-up/{id}/resend',
  summary: 'Send a new code; the old one is dead',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Empty,
  records: { nothing: 'what it makes possible is recorded' },
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['challenge_closed', 'not_resendable', 'resend_wait', 'sms_limited', 'phone_not_allowed'],
})

export const switchStepUpMethod = route({
  method: 'POST',
  path: '/step-up/{id}/use',
  summary: 'Go on with another of the offered methods',
  tag: 'Sign-in',
  access: 'session',
  whileSuspended: true,
  bodyBytesMax: bytesMax,
  params: ChallengeParams,
  body: Obj({ method: Type.String({ maxLength: 20 }) }),
  records: { nothing: 'what it makes possible is recorded' },
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['challenge_closed', 'method_not_offered', 'sms_limited', 'resend_wait', 'phone_not_allowed'],
})
