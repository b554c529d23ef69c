import { inAccount } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { findHeldReason } from '../instance-guard/index.ts'
import { enqueue } from '../jobs/index.ts'
import { listDueAccounts } from './delivery/queries.ts'
import { readWebhookNews } from './news/news.ts'
import { keepWebhooks } from './upkeep/upkeep.ts'

/** Part of the sweep: news of the log becomes events, what is due becomes a job, what is over is tidied away. */
export const sweepWebhooks = async (deps: Deps): Promise<void> => {
  await readWebhookNews(deps)
  await enqueueDue(deps)
  await keepWebhooks(deps)
}

/** What may be a copy of an installation calls nobody. */
const enqueueDue = async (deps: Deps): Promise<void> => {
  if (await findHeldReason(deps.db)) return
  for (const accountId of await listDueAccounts(deps.db)) {
    await inAccount(deps.db, accountId, (trx) =>
      enqueue(trx, 'deliver_webhooks', { account_id: accountId, id: accountId }),
    )
  }
}
