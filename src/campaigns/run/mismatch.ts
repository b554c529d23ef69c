import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notifyHolders } from '../../system-stream/index.ts'
import type { CampaignRun } from './queries.ts'
import { bySystem, moveRun } from './states.ts'

/** The two sides of the account disagree: nothing more leaves, and whoever can look into it is told (sending.md §3). */
export const failForMismatch = async (
  trx: Trx,
  deps: Deps,
  run: CampaignRun,
  detail: Record<string, unknown>,
): Promise<void> => {
  await moveRun(
    trx,
    run,
    { status: 'failed', status_reason: 'accounting_mismatch', gate: 'closed' },
    { kind: 'failed', by: bySystem, detail },
  )
  await notifyHolders(trx, deps, 'sending.providers.manage', {
    accountId: run.account_id,
    kind: 'accounting_mismatch',
    values: { campaign: run.name },
  })
}
