import Type, { type Static } from 'typebox'
import {
  Count,
  Empty,
  Id,
  IdParams,
  NoContent,
  Nullable,
  Obj,
  OneOf,
  route,
  Timestamp,
} from '../../http/contract.ts'
import { Challenge, Code, Credential } from '../challenges/contract.ts'
import { Effective, MethodField, SettingField } from '../mfa/contract.ts'

const Name = Type.String({ minLength: 1, maxLength: 60 })
const RecoveryCodes = Type.Array(Type.String())

export const Factor = Obj({
  id: Id,
  type: MethodField,
  name: Nullable(Type.String()),
  status: OneOf(['pending', 'active', 'disabled']),
  strength: OneOf(['weak', 'medium', 'strong']),
  created_at: Timestamp,
  last_used_at: Nullable(Timestamp),
})
export type FactorView = Static<typeof Factor>

const OwnFactors = Obj({
  setting: SettingField,
  entitled: Type.Boolean(),
  effective: Effective,
  factors: Type.Array(Factor),
  recovery_codes_left: Count,
  preferred: Nullable(MethodField),
  /** What may be bound here now, each with the reason why not. */
  options: Type.Array(
    Obj({ type: MethodField, available: Type.Boolean(), reason: Type.Optional(Type.String()) }),
  ),
})
export type OwnFactors = Static<typeof OwnFactors>

export const NewTotp = Obj({
  id: Id,
  secret: Type.String(),
  otpauth_uri: Type.String(),
  qr_svg: Type.String(),
  expires_at: Timestamp,
})
const Confirmed = Obj({ factor: Factor, recovery_codes: Type.Optional(RecoveryCodes) })

const tag = 'Own factors'
const access = 'session'

export const getOwnFactors = route({
  method: 'GET',
  path: '/me/factors',
  summary: 'Own second factors and what is asked of one',
  tag,
  access,
  reply: { 200: OwnFactors },
})

export const addTotp = route({
  method: 'POST',
  path: '/me/factors/totp',
  summary: 'Begin to bind an authenticator app; the secret is shown once',
  tag,
  access,
  stepUp: 'factors',
  recoveryMayAdd: true,
  body: Empty,
  records: { nothing: 'nothing counts until it is confirmed' },
  reply: { 201: NewTotp },
  problems: ['factor_exists'],
})
export const confirmTotp = route({
  method: 'POST',
  path: '/me/factors/totp/{id}/confirm',
  summary: 'Finish binding with a code of the app',
  tag,
  access,
  params: IdParams,
  body: Obj({ code: Code, name: Type.Optional(Name) }),
  records: ['factor.added', 'recovery_codes.created'],
  reply: { 200: Confirmed },
  problems: ['code_malformed', 'code_wrong', 'factor_backoff'],
})

export const passkeyOptions = route({
  method: 'POST',
  path: '/me/factors/passkeys/options',
  summary: 'Begin to bind a passkey',
  tag,
  access,
  stepUp: 'factors',
  recoveryMayAdd: true,
  body: Empty,
  records: { nothing: 'nothing counts until it is confirmed' },
  reply: { 200: Obj({ id: Id, options: Type.Record(Type.String(), Type.Unknown()) }) },
  problems: ['limit'],
})
export const addPasskey = route({
  method: 'POST',
  path: '/me/factors/passkeys',
  summary: 'Finish binding a passkey',
  tag,
  access,
  body: Obj({ id: Id, credential: Credential, name: Type.Optional(Name) }),
  records: ['factor.added', 'recovery_codes.created'],
  reply: { 201: Confirmed },
  problems: ['credential_refused', 'challenge_closed', 'not_device_bound', 'limit'],
})

const begin = <const M extends 'email' | 'sms'>(method: M) =>
  route({
    method: 'POST',
    path: `/me/factors/${method}`,
    summary: method === 'email' ? 'Begin to bind codes by e-mail' : 'Begin to bind codes by SMS',
    tag,
    access,
    stepUp: 'factors',
    recoveryMayAdd: true,
    body: Empty,
    records: { nothing: 'nothing counts until it is confirmed' },
    reply: { 201: Obj({ id: Id, challenge: Challenge }) },
    problems: [
      'mfa_not_entitled',
      'factor_exists',
      'phone_required',
      'phone_not_allowed',
      'email_unverified',
      'methods_empty',
      'sms_limited',
      'rate_limited',
    ],
  })
export const addEmail = begin('email')
export const addSms = begin('sms')

const confirm = <const M extends 'email' | 'sms'>(method: M) =>
  route({
    method: 'POST',
    path: `/me/factors/${method}/confirm`,
    summary: 'Finish binding with the code that was sent',
    tag,
    access,
    body: Obj({ challenge_id: Type.String({ maxLength: 64 }), code: Code }),
    records: ['factor.added', 'recovery_codes.created'],
    reply: { 200: Confirmed },
    problems: ['code_malformed', 'code_wrong', 'challenge_closed', 'factor_backoff'],
  })
export const confirmEmail = confirm('email')
export const confirmSms = confirm('sms')

export const renameFactor = route({
  method: 'PATCH',
  path: '/me/factors/{id}',
  summary: 'Name an own factor',
  tag,
  access,
  params: IdParams,
  body: Obj({ name: Name }),
  records: { nothing: 'a name of one’s own for one’s own factor' },
  reply: { 200: Factor },
})
export const removeFactor = route({
  method: 'DELETE',
  path: '/me/factors/{id}',
  summary: 'Take an own factor away',
  tag,
  access,
  stepUp: 'factors',
  params: IdParams,
  records: { whenChanged: ['factor.removed'] },
  reply: { 204: NoContent },
  problems: ['factor_required'],
})
export const preferFactor = route({
  method: 'PUT',
  path: '/me/factors/preferred',
  summary: 'Which factor is asked for first',
  tag,
  access,
  stepUp: 'factors',
  body: Obj({ method: MethodField }),
  records: { nothing: 'the order in which one’s own factors are asked for' },
  reply: { 200: OwnFactors },
  problems: ['method_not_offered'],
})
export const makeOwnRecoveryCodes = route({
  method: 'POST',
  path: '/me/factors/recovery-codes',
  summary: 'Ten new recovery codes, shown once; the old ones die',
  tag,
  access,
  stepUp: 'factors',
  body: Empty,
  records: ['recovery_codes.created'],
  reply: { 201: Obj({ codes: RecoveryCodes }) },
  problems: ['no_factor'],
})
