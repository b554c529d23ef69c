import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { disableEndpoint } from '../delivery/disable.ts'
import {
  deleteOldDeliveries,
  deleteOldEvents,
  expireReplays,
  expireWaiting,
  listAccountsToKeep,
  listFailing,
} from './queries.ts'

const everyMs = 3_600_000
const doneAt = new WeakMap<Deps, number>()

const keepAccount = (deps: Deps, accountId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    await expireWaiting(trx, accountId)
    await expireReplays(trx, accountId)
    await deleteOldDeliveries(trx, accountId)
    await deleteOldEvents(trx, accountId)
    for (const id of await listFailing(trx, accountId))
      await disableEndpoint(trx, deps, accountId, id, 'failing')
  })

/** Hourly: what has failed for three days is switched off, what waited for seven is given up, the log ends after thirty. */
export const keepWebhooks = async (deps: Deps): Promise<void> => {
  const nowMs = deps.clock.now().getTime()
  if (Math.abs(nowMs - (doneAt.get(deps) ?? 0)) < everyMs) return
  doneAt.set(deps, nowMs)
  for (const accountId of await listAccountsToKeep(deps.db)) await keepAccount(deps, accountId)
}
