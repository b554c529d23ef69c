import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import type { ProviderRow } from '../queries.ts'
import { type BreakerLimits, noteAnswer, noteFailure, takeProbe } from './queries.ts'

/** sending.md §7: opens on 5 in a row or more than half in 60 s; probes after 60 s, doubling to 15 minutes. */
const limits: BreakerLimits = {
  failuresMax: 5,
  windowSeconds: 60,
  windowAnswersMin: 10,
  probeSeconds: 60,
  probeSecondsMax: 900,
}

/** `failed` is a provider-level error, never a refused recipient. */
export const recordProviderResult = (
  deps: Deps,
  accountId: string,
  providerId: string,
  outcome: 'answered' | 'failed',
): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    if (outcome === 'answered') {
      await noteAnswer(trx, accountId, providerId, limits.windowSeconds)
      return
    }
    const { opened } = await noteFailure(trx, accountId, providerId, limits)
    if (opened) await notify(trx, accountId, 'provider', providerId)
  })

/** Whether the provider may be written to now; an open circuit lets one probe through when its wait is over. */
export const mayTry = async (trx: Trx, row: ProviderRow, now: Date): Promise<boolean> => {
  if (row.circuit === 'closed') return true
  if (row.circuit_until === null || row.circuit_until > now) return false
  return takeProbe(trx, row.account_id, row.id, limits.probeSeconds)
}
