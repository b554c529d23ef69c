import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue } from '../../jobs/index.ts'
import { addMs } from '../../lib/clock.ts'
import { readAccounting } from '../../messages/index.ts'
import { startScheduled } from './launch.ts'
import { type CampaignRun, findOpenRows, listDueCampaigns, lockCampaign } from './queries.ts'
import { bySystem, moveRun } from './states.ts'

/** Planning writes its row at every chunk; silence this long means that its worker is gone. */
const planningSilenceMs = 15_000

/** A run is finished only when nothing is open and both sides of the identity agree (sending.md §3). */
const finish = async (trx: Trx, deps: Deps, run: CampaignRun): Promise<void> => {
  const accounting = await readAccounting(trx, run.account_id, run.id)
  const { audience, sum, missing, surplus } = accounting
  if (!accounting.balanced || missing > 0 || surplus > 0) {
    await moveRun(
      trx,
      run,
      { status: 'failed', status_reason: 'accounting_mismatch', gate: 'closed' },
      { kind: 'failed', by: bySystem, detail: { audience, sum, missing, surplus } },
    )
    return
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

const settle = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
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

const requeuePlanning = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
  const run = await lockCampaign(trx, accountId, id)
  if (!run || addMs(run.updated_at, planningSilenceMs) > deps.clock.now()) return
  await enqueue(trx, 'plan_campaign', { account_id: accountId, id })
}

/** Part of the sweep: due starts, planning left behind by a dead worker, runs that have ended. */
export const sweepCampaigns = async (deps: Deps): Promise<void> => {
  for (const due of await listDueCampaigns(deps.db)) {
    const { account_id: accountId, campaign_id: id } = due
    await inAccount(deps.db, accountId, async (trx) => {
      if (due.status === 'scheduled') await startScheduled(trx, deps, accountId, id)
      else if (due.status === 'preparing' || due.status === 'canceled')
        await requeuePlanning(trx, deps, accountId, id)
      else await settle(trx, deps, accountId, id)
    })
  }
}
