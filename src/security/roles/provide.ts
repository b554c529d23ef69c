import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { addMs } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { builtInNames } from './built-in.ts'
import { findBuiltInRole, insertBuiltInRoles } from './queries.ts'

/** Gives a fresh account its built-in roles; answers the id of the owner's. */
export const provideRoles = async (trx: Trx, deps: Deps, accountId: string): Promise<string> => {
  const now = deps.clock.now()
  // Lists go by id, so each is a millisecond younger than the one before: the widest role comes first.
  const roles = Object.entries(builtInNames).map(([builtIn, name], place, all) => ({
    id: uuidV7(addMs(now, place - all.length)),
    name,
    builtIn,
  }))
  await insertBuiltInRoles(trx, accountId, roles)
  const ownerId = await findBuiltInRole(trx, accountId, 'owner')
  if (ownerId === null) throw new Error('the owner role just made is missing')
  return ownerId
}
