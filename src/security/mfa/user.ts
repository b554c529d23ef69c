import { byActor } from '../../audit/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, notFound, unprocessable } from '../../http/errors.ts'
import { maskEmail, maskPhone } from '../../lib/masking.ts'
import { type Setting, settings, type UserMfa } from './contract.ts'
import { findPersonRow, lockPersonRow, type PersonRow } from './queries.ts'
import { changeSetting, refusalOf } from './setting.ts'
import { type Circumstance, findCircumstance, judgeMfa, type MfaState } from './state.ts'

/** @throws AppError 403 `mfa_not_entitled`: the operator has not granted it, or has taken it back. */
export const requireEntitled = (actor: Actor): void => {
  if (actor.entitlements['mfa'] !== true) throw new AppError('mfa_not_entitled', 403)
}

/** @throws AppError 403 `permission_denied`, naming the key, as a route that declares it would. */
export const requireSecurityManage = (actor: Actor): void => {
  const permission = 'account.security.manage'
  if (!actor.permissions.has(permission)) throw new AppError('permission_denied', 403, '', { permission })
}

const statusOf = (state: MfaState): UserMfa['status'] => {
  if (!state.required) return 'off'
  if (!state.met) return 'enrolment_pending'
  return state.ask.every((factor) => factor.state === 'unverified') && state.ask.length > 0
    ? 'pending_verification'
    : 'active'
}

const destinationOf = (setting: Setting, person: PersonRow): string | null => {
  if (setting === 'email') return maskEmail(person.email)
  return setting === 'sms' && person.phone ? maskPhone(person.phone) : null
}

const toUserMfa = (given: Circumstance): UserMfa => {
  const state = judgeMfa(given)
  return {
    entitled: state.entitled,
    setting: state.setting,
    options: settings.map((value) => {
      const reason = refusalOf(value, given)
      return { value, available: reason === null, ...(reason ? { reason } : {}) }
    }),
    status: statusOf(state),
    effective: { required: state.required, by: state.by, methods: [...state.methods] },
    destination: destinationOf(state.setting, given.person),
    factors: state.factors
      .filter((factor) => factor.state !== 'disabled')
      .map((factor) => ({
        type: factor.type,
        name: factor.name,
        confirmed_at: factor.confirmedAt?.toISOString() ?? null,
        last_used_at: factor.lastUsedAt?.toISOString() ?? null,
      })),
    recovery_codes_left: state.recoveryCodesLeft,
  }
}

export const describeUserMfa = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  userId: string,
): Promise<UserMfa> => {
  const person = await findPersonRow(trx, accountId, userId)
  if (!person) throw notFound()
  return toUserMfa(await findCircumstance(trx, deps, accountId, person))
}

/**
 * The drop-down of one user.
 * @throws AppError 404, 403 `permission_denied` when the target is an administrator and the caller may not guard the
 *   account, 422 as `refusalOf` says.
 */
export const changeUserSetting = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  userId: string,
  setting: Setting,
): Promise<UserMfa> => {
  const { accountId, where, sessionId } = actor
  const person = await lockPersonRow(trx, accountId, userId)
  if (!person) throw notFound()
  const now = await findCircumstance(trx, deps, accountId, person)
  if (now.administrator) requireSecurityManage(actor)
  const refusal = refusalOf(setting, now)
  if (refusal) throw unprocessable(refusal)
  const change = { accountId, setting, by: byActor(actor), where, keptSessionId: sessionId }
  await changeSetting(trx, deps, change, now)
  return describeUserMfa(trx, deps, accountId, userId)
}
