import type { Trx } from '../../db/pool.ts'
import { AppError, unprocessable } from '../../http/errors.ts'
import { type Setting, settings } from '../mfa/contract.ts'
import { findAccountPolicy, findGrant } from '../mfa/grant.ts'
import { allowedMethods, strengthOf } from '../mfa/policy.ts'

/**
 * What the invited person will be asked at sign-in, by the rules of the same setting of a user (security.md §3.1).
 * @throws AppError 403 `mfa_not_entitled`, 422 `phone_required`, `methods_empty`.
 */
export const checkInvitedSetting = async (
  trx: Trx,
  accountId: string,
  setting: Setting,
  phone: string | null,
): Promise<void> => {
  if (setting === settings[0]) return
  const grant = await findGrant(trx, accountId)
  if (!grant.entitled) throw new AppError('mfa_not_entitled', 403)
  if (setting === 'sms' && phone === null) throw unprocessable('phone_required')
  const allowed = allowedMethods(grant, await findAccountPolicy(trx, accountId))
  const meets = allowed.some(
    (method) => setting === 'own_choice' || strengthOf(method) >= strengthOf(setting as typeof method),
  )
  if (!meets) throw unprocessable('methods_empty')
}
