import type { Trx } from '../../db/pool.ts'
import type { Method } from '../mfa/contract.ts'
import { confirmSettingFactor, provePhone, touchFactor } from './queries.ts'

type Use = {
  readonly accountId: string
  readonly userId: string
  readonly method: Method
  /** Where the code went: the number may have been changed meanwhile. */
  readonly destination: string | null
}

/** After a right mailed or texted code: notes the use; the first right code also proves a number that an administrator entered. */
export const noteFactorUse = async (
  trx: Trx,
  { accountId, userId, method, destination }: Use,
): Promise<void> => {
  if (method !== 'email' && method !== 'sms') return
  if (method === 'sms' && destination !== null) await provePhone(trx, accountId, userId, destination)
  await confirmSettingFactor(trx, accountId, userId, method)
  await touchFactor(trx, accountId, userId, method)
}
