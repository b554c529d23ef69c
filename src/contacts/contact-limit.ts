import { entitledNumber } from '../accounts/index.ts'
import type { Trx } from '../db/pool.ts'
import { AppError } from '../http/errors.ts'
import { countAllContacts, lockContactLimit } from './queries.ts'

/** Further from the limit than this, adders need not wait for each other. */
const closeToLimit = 20_000

/** How many contacts may still be added; near the limit the answer holds until the transaction ends. */
export const contactsLeft = async (
  trx: Trx,
  accountId: string,
  entitlements: Readonly<Record<string, unknown>>,
): Promise<{ left: number; limit: number; used: number }> => {
  const limit = entitledNumber(entitlements, 'limit.contacts')
  let used = await countAllContacts(trx, accountId)
  if (limit - used < closeToLimit) {
    await lockContactLimit(trx, accountId)
    used = await countAllContacts(trx, accountId)
  }
  return { left: Math.max(0, limit - used), limit, used }
}

export const checkContactLimit = async (
  trx: Trx,
  accountId: string,
  entitlements: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const { left, limit, used } = await contactsLeft(trx, accountId, entitlements)
  if (left < 1) throw new AppError('limit_reached', 403, '', { limit_key: 'limit.contacts', limit, used })
}
