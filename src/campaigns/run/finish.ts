import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { findOpenRows, readAccounting } from '../../messages/index.ts'
import { failForMismatch } from './mismatch.ts'
import { type CampaignRun, lockCampaign } from './queries.ts'
import { bySystem, moveRun } from './states.ts'

/** A run is finished only when nothing is open and both sides of the identity agree (sending.md §3). */
const finish = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<void> => {
  const accounting = await readAccounting(trx, run.account_id, run.id)
  const { audience, sum, missing, surplus } = accounting
  if (!accounting.balanced || missing > 0 || surplus > 0) {
    return failForMismatch(trx, deps, run, { audience, sum, missing, surplus })
  }
  await moveRun(
    trx,
    run,
    {
      status: 'finished',
      status_reason: null,
      gate: 'closed',
      finished_at: deps.clock.now(),
      limiting_factor: null,
    },
    {
      kind: 'finished',
      by: bySystem,
      detail: { audience, accepted: accounting.accepted, suppressed: accounting.suppressed },
    },
  )
}

/** Moves a run whose rows are all handed over towards its end; back to sending when a retry has come up. */
export const settleRun = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
  const run = await lockCampaign(trx, accountId, id)
  if (!run || (run.status !== 'sending' && run.status !== 'finishing')) return
  const open = await findOpenRows(trx, accountId, id)
  if (open.to_send) {
    if (run.status === 'finishing')
      await moveRun(trx, run, { status: 'sending', gate: 'open' }, { kind: 'retrying', by: bySystem })
    return
  }
  if (!open.handed && !open.unresolved) return finish(trx, deps, run)
  if (run.status === 'sending')
    await moveRun(trx, run, { status: 'finishing' }, { kind: 'finishing', by: bySystem, detail: open })
}
