import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notifyAdministrators } from '../../system-stream/index.ts'
import { prefixOf } from './key-text.ts'
import { keyEndsAt } from './life.ts'
import { accountsWithSuspendingKeys, takeSuspendingKeys } from './queries.ts'

/** Tells administrators which keys end because their maker lost his place; part of the sweep. */
export const noticeSuspendingKeys = async (deps: Deps): Promise<void> => {
  for (const accountId of await accountsWithSuspendingKeys(deps.db)) {
    await inAccount(deps.db, accountId, async (trx) => {
      for (const key of await takeSuspendingKeys(trx, accountId)) {
        const until = keyEndsAt(key)
        if (until === null) continue
        const values = { prefix: prefixOf(key.mode, key.public_id), until }
        await notifyAdministrators(trx, deps, { accountId, kind: 'api_key_suspending', values })
      }
    })
  }
}
