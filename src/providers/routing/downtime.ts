import type { Trx } from '../../db/pool.ts'
import type { SendingRoute } from '../contract.ts'
import { findProvider } from '../queries.ts'
import { chooseRoutes } from './choice.ts'
import { listFittingRoutes } from './queries.ts'
import type { Wanted } from './resolve.ts'

export type Downtime = {
  /** When the first of the providers is tried again; null when none of them is on. */
  readonly retryAt: Date | null
}

/** Null while a provider of the route works; nothing is tried by asking. */
export const findDowntime = async (trx: Trx, wanted: Wanted): Promise<Downtime | null> => {
  const { main: route } = chooseRoutes(await listFittingRoutes(trx, wanted.accountId, wanted))
  let retryAt: Date | null = null
  for (const { provider_id: id } of (route?.providers ?? []) as SendingRoute['providers']) {
    const row = await findProvider(trx, wanted.accountId, id)
    if (!row?.enabled || (row.pool !== 'any' && row.pool !== wanted.traffic)) continue
    if (row.circuit === 'closed') return null
    if (row.circuit_until && (retryAt === null || row.circuit_until < retryAt)) retryAt = row.circuit_until
  }
  return { retryAt }
}
