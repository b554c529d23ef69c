import type { Trx } from '../../db/pool.ts'
import { effectivePermissions } from '../roles/effective.ts'
import { findPresentedKey, listKeyIdsOf, type PresentedKey, updateKey } from './queries.ts'

/** What the maker of a key may do at this moment. */
export const effectiveOf = (key: PresentedKey): ReadonlySet<string> =>
  effectivePermissions({
    instance: false,
    builtIns: key.built_ins,
    roleKeys: key.role_keys,
    allow: key.direct.filter((one) => one.allow).map((one) => one.key),
    deny: key.direct.filter((one) => !one.allow).map((one) => one.key),
  })

/**
 * Called before a person is deleted: his keys live on for seven days, and with his roles gone nothing else would say
 * what he was allowed to do at the end.
 */
export const freezeKeysOf = async (trx: Trx, accountId: string, userId: string): Promise<void> => {
  for (const { id } of await listKeyIdsOf(trx, accountId, userId)) {
    const key = await findPresentedKey(trx, accountId, id)
    if (!key) continue
    const held = effectiveOf(key)
    await updateKey(trx, accountId, id, { scopes: key.scopes.filter((scope) => held.has(scope)) })
  }
}
