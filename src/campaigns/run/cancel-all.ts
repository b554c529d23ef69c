import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notFinal, stopRun } from './control.ts'
import { listRunsIn } from './queries.ts'
import { bySystem, getLocked } from './states.ts'

/** Every run of an account that is not over and every planned one ends here; answers how many. */
export const cancelEveryRun = async (trx: Trx, deps: Deps, accountId: string): Promise<number> => {
  const ids = await listRunsIn(trx, accountId, notFinal)
  for (const id of ids) await stopRun(trx, deps, await getLocked(trx, accountId, id), bySystem)
  return ids.length
}
