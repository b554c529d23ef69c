import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { builtInNames } from './built-in.ts'
import { findBuiltInRole, insertBuiltInRoles } from './queries.ts'

/** Gives a fresh account its built-in roles; answers the id of the owner's. */
export const provideRoles = async (trx: Trx, deps: Deps, accountId: string): Promise<string> => {
  const roles = Object.entries(builtInNames).map(([builtIn, name]) => ({
    id: uuidV7(deps.clock.now()),
    name,
    builtIn,
  }))
  await insertBuiltInRoles(trx, accountId, roles)
  const ownerId = await findBuiltInRole(trx, accountId, 'owner')
  if (ownerId === null) throw new Error('the owner role just made is missing')
  return ownerId
}
