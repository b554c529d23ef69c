import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { provideSimulator } from '../provision.ts'
import { dropRoutes, findSimulator, pointRoutesAt, wipeCredentials } from './queries.ts'

/** In a copy of an installation nothing may reach the world: relays lose their credentials, routes lead to the simulator. */
export const leadIntoSimulator = async (trx: Trx, deps: Deps, accountId: string): Promise<void> => {
  await wipeCredentials(trx, accountId)
  const simulator = await findSimulator(trx, accountId)
  if (simulator) {
    await pointRoutesAt(trx, accountId, 'email', simulator)
    return
  }
  await dropRoutes(trx, accountId, 'email')
  await provideSimulator(trx, { id: accountId }, deps)
}
