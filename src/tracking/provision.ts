import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { uuidV7 } from '../lib/ids.ts'
import { insertDefaultPage } from './unsubscribe/queries.ts'

/** A fresh account can unsubscribe its contacts from the first message on. */
export const provideUnsubscribePage = async (
  trx: Trx,
  account: { id: string },
  deps: Deps,
): Promise<void> => {
  await insertDefaultPage(trx, account.id, uuidV7(deps.clock.now()), 'Default')
}
