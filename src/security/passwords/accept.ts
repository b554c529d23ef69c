import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findMfaState } from '../mfa/state.ts'
import { isBreached } from './breached.ts'
import {
  checkPassword,
  type PasswordContext,
  passwordLengthMin,
  passwordLengthMinWithFactor,
  passwordWeak,
} from './rules.ts'

/** How long this person's password must be: less is enough where a second factor is asked in any case. */
export const lengthMinOf = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  userId: string,
): Promise<number> => {
  const state = await findMfaState(trx, deps, accountId, userId)
  const enforced = state?.required && state.by !== 'own_factor'
  return enforced ? passwordLengthMinWithFactor : passwordLengthMin
}

/**
 * Every rule for a chosen password, the look-up among leaked ones last because it may take a moment.
 * @throws AppError 422 `password_weak` with `reason`.
 */
export const acceptPassword = async (
  deps: Deps,
  password: string,
  context: PasswordContext,
  lengthMin: number,
): Promise<void> => {
  checkPassword(password, context, lengthMin)
  if (await isBreached(deps, password))
    throw passwordWeak('breached', 'This password is known from a leak of another service.')
}
