import { byVisitor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import { spendLimits } from '../limits.ts'

const mayMail = async (deps: Deps, userId: string, address: string | null): Promise<boolean> => {
  const limit = {
    key: `blocked-network:${userId}:${address ?? 'unresolved'}`,
    max: 1,
    windowSeconds: 3_600,
  }
  try {
    await spendLimits(deps.db, [limit])
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return false
    throw error
  }
}

/** The right proof from a foreign network: the person hears of it once an hour and address, the log every time. */
export const noteBlockedNetwork = async (
  deps: Deps,
  whose: { readonly accountId: string; readonly userId: string },
  where: Where,
): Promise<void> => {
  const { accountId, userId } = whose
  const mail = await mayMail(deps, userId, where.address)
  await inAccount(deps.db, accountId, async (trx) => {
    const values = circumstances(deps, where)
    if (mail) await notify(trx, deps, { accountId, userId, kind: 'blocked_network', values })
    await record(trx, deps, byVisitor(accountId, where, { userId }), {
      action: 'login.denied',
      result: 'denied',
      reason: 'ip',
    })
  })
}
