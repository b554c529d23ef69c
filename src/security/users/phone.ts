import { effectiveEntitlements, listEntitlementOverrides } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { checkPhone, defaultSmsCountries } from '../../system-stream/index.ts'
import { findMfaState } from '../mfa/state.ts'

const countriesOf = async (trx: Trx, accountId: string): Promise<readonly string[]> => {
  const granted = effectiveEntitlements(await listEntitlementOverrides(trx, accountId))['sms_countries']
  return Array.isArray(granted) ? granted.map(String) : defaultSmsCountries
}

/** A mobile number codes may go to. @throws AppError 422 `phone_not_allowed`. */
export const checkMobile = async (trx: Trx, accountId: string, phone: string): Promise<void> => {
  checkPhone(phone, await countriesOf(trx, accountId))
}

/** Whether the number is what the person signs in with and nothing else would do, so that it cannot go (security.md §5.6). */
export const phoneIsNeeded = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  userId: string,
): Promise<boolean> => {
  const state = await findMfaState(trx, deps, accountId, userId)
  if (!state?.required) return false
  const others = state.factors.some(
    (factor) => factor.type !== 'sms' && factor.state === 'active' && state.methods.includes(factor.type),
  )
  return state.setting === 'sms' || (!others && state.factors.some((factor) => factor.type === 'sms'))
}
