import Type from 'typebox'
import { Empty, NoContent, Obj, route } from '../../http/contract.ts'
import { Challenge, ChallengeParams, Code } from '../challenges/contract.ts'

const Token = Type.String({ minLength: 1, maxLength: 200 })

export const changeOwnEmail = route({
  method: 'POST',
  path: '/me/email',
  summary: 'Ask for another e-mail address; it counts once its link was used',
  tag: 'Profile',
  access: 'session',
  records: ['user.changed'],
  stepUp: 'general',
  body: Obj({ email: Type.String({ minLength: 3, maxLength: 254 }) }),
  reply: { 202: Empty },
  problems: ['rate_limited'],
})
export const confirmEmailChange = route({
  method: 'POST',
  path: '/email-change/confirm',
  summary: 'Prove the new address',
  tag: 'Links',
  access: 'public',
  records: ['user.email_changed'],
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 204: NoContent },
  problems: ['link_refused'],
})
export const undoEmailChange = route({
  method: 'POST',
  path: '/email-change/undo',
  summary: 'Bring the old address back and end all sessions',
  tag: 'Links',
  access: 'public',
  records: ['user.email_undone'],
  bodyBytesMax: 65_536,
  body: Obj({ token: Token }),
  reply: { 204: NoContent },
  problems: ['link_refused'],
})
export const changeOwnPhone = route({
  method: 'POST',
  path: '/me/phone',
  summary: 'Ask for another mobile number; a code goes to it',
  tag: 'Profile',
  access: 'session',
  records: { nothing: 'the number counts once its code was answered' },
  stepUp: 'general',
  body: Obj({ phone: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['email_unverified', 'phone_not_allowed', 'sms_limited', 'resend_wait'],
})
export const verifyOwnPhone = route({
  method: 'POST',
  path: '/me/phone/verify',
  summary: 'Prove the new number with the code',
  tag: 'Profile',
  access: 'session',
  records: ['user.phone_changed'],
  body: Obj({
    challenge_id: Type.String({ minLength: 1, maxLength: 64 }),
    code: Code,
  }),
  reply: { 204: NoContent },
  problems: ['code_malformed', 'code_wrong', 'challenge_closed', 'factor_backoff'],
})
export const removeOwnPhone = route({
  method: 'DELETE',
  path: '/me/phone',
  summary: 'Remove the own mobile number',
  tag: 'Profile',
  access: 'session',
  records: ['user.phone_changed'],
  stepUp: 'general',
  reply: { 204: NoContent },
  problems: ['factor_required'],
})
export const resendOwnChallenge = route({
  method: 'POST',
  path: '/me/challenges/{id}/resend',
  summary: 'A new code for a number or factor that is being added',
  tag: 'Profile',
  access: 'session',
  records: { nothing: 'a code sent again changes nothing' },
  params: ChallengeParams,
  body: Empty,
  reply: { 200: Obj({ challenge: Challenge }) },
  problems: ['challenge_closed', 'not_resendable', 'resend_wait', 'sms_limited', 'phone_not_allowed'],
})
