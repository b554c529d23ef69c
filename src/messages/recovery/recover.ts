import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import { listExpiredLeases, listUnresolvedSources, recoverLease, resolveUncertain } from './queries.ts'

/** How long a receipt may still come before the policy decides (sending.md §5 step 3). */
const receiptWaitSeconds = 600

/** Part of the sweep, done by any living node: chunks of dead or frozen senders are given up. */
export const recoverExpiredLeases = async (deps: Deps): Promise<void> => {
  for (const due of await listExpiredLeases(deps.db)) {
    await inAccount(deps.db, due.account_id, async (trx) => {
      const sourceId = await recoverLease(trx, due.account_id, due.lease_id)
      if (sourceId) await notify(trx, due.account_id, 'campaign', sourceId)
    })
  }
}

/** Part of the sweep: no message stays uncertain without a decision. */
export const resolveOverdueUncertain = async (deps: Deps): Promise<void> => {
  for (const due of await listUnresolvedSources(deps.db, receiptWaitSeconds)) {
    await inAccount(deps.db, due.account_id, async (trx) => {
      await resolveUncertain(trx, due.account_id, due.source_id, receiptWaitSeconds)
      await notify(trx, due.account_id, 'campaign', due.source_id)
    })
  }
}
