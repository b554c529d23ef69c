import { accountKeys } from '../accounts/index.ts'
import type { DkimAlgorithm } from '../content/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { makeKey, type NewKey, selectorsOf } from './keys.ts'
import type { DomainRow } from './queries.ts'
import { putKey } from './records/queries.ts'

export const makeKeys = async (
  deps: Deps,
  accountId: string,
  domain: { readonly id: string; readonly selector: string },
  algorithm: DkimAlgorithm,
): Promise<NewKey[]> => {
  const keys = await inAccount(deps.db, accountId, (trx) => accountKeys(trx, deps.keys, accountId))
  return Promise.all(
    selectorsOf(domain.selector, algorithm).map((selector) => makeKey(keys, domain.id, selector, algorithm)),
  )
}

export const storeKeys = async (
  trx: Trx,
  deps: Deps,
  row: DomainRow,
  keys: readonly NewKey[],
): Promise<void> => {
  for (const [at, key] of keys.entries()) {
    // The first of an algorithm signs, the second waits for a rotation.
    const active = at % 2 === 0
    await putKey(trx, row.account_id, row.id, {
      ...key,
      active,
      activeFrom: active ? deps.clock.now() : null,
    })
  }
}
