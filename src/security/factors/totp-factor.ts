import { accountKeys } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findTotp, spendStep } from './queries.ts'
import { stepOf } from './totp.ts'

/** The secret opens only in the row of its own person and factor. */
const placeOf = (userId: string, factorId: string): string =>
  `mfa_factors|secret_sealed|${userId}|${factorId}`

type Whose = { readonly accountId: string; readonly userId: string; readonly factorId: string }

export const sealSecret = async (trx: Trx, deps: Deps, whose: Whose, secret: Buffer): Promise<Buffer> => {
  const keys = await accountKeys(trx, deps.keys, whose.accountId)
  return keys.seal(placeOf(whose.userId, whose.factorId), secret.toString('base64'))
}

/** @throws when the secret does not open: the row was moved or the keys are others. */
export const openSecret = async (trx: Trx, deps: Deps, whose: Whose, sealed: Buffer): Promise<Buffer> => {
  const keys = await accountKeys(trx, deps.keys, whose.accountId)
  const secret = keys.open(placeOf(whose.userId, whose.factorId), sealed)
  if (secret === null) throw new Error('the secret of an authenticator app does not open')
  return Buffer.from(secret, 'base64')
}

/** Whether the code is one of this person's app, and its step was not used before. */
export const verifyTotp = async (
  trx: Trx,
  deps: Deps,
  { accountId, userId, code }: { accountId: string; userId: string; code: string },
): Promise<boolean> => {
  const factor = await findTotp(trx, accountId, userId)
  if (!factor?.secret_sealed) return false
  const whose = { accountId, userId, factorId: factor.id }
  const secret = await openSecret(trx, deps, whose, factor.secret_sealed)
  const step = stepOf(secret, code, deps.clock.now())
  return step !== null && spendStep(trx, accountId, factor.id, step)
}
