import { inAccount, type Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { enqueue } from '../../jobs/index.ts'
import { addMs } from '../../lib/clock.ts'
import { findWaiting, saveLimitingFactor } from '../../messages/index.ts'
import { judgeCanary } from '../canary/canary.ts'
import { watchRun } from '../guards/guards.ts'
import { settleRun } from './finish.ts'
import { startScheduled } from './launch.ts'
import { type CampaignRun, listDueCampaigns, lockCampaign } from './queries.ts'

/** Planning writes its row at every chunk; silence this long means that its worker is gone. */
const planningSilenceMs = 15_000

const requeuePlanning = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
  const run = await lockCampaign(trx, accountId, id)
  if (!run || addMs(run.updated_at, planningSilenceMs) > deps.clock.now()) return
  await enqueue(trx, 'plan_campaign', { account_id: accountId, id })
}

/** Senders look at due rows alone: what a run waits for while none is due is said here. */
const noteWaiting = async (trx: Trx, run: CampaignRun): Promise<void> => {
  const { account_id: accountId, id: sourceId, run_month: runMonth } = run
  if (!runMonth) return
  const waiting = await findWaiting(trx, { accountId, sourceId, runMonth })
  if (waiting && !waiting.due) await saveLimitingFactor(trx, accountId, sourceId, waiting.factor)
}

/** A run that sends: its guards first, then its canary or its end. */
const attendRun = async (trx: Trx, deps: Deps, accountId: string, id: string): Promise<void> => {
  const run = await lockCampaign(trx, accountId, id)
  if (!run) return
  const sends = run.status === 'sending' || run.status === 'testing'
  if (sends && (await watchRun(trx, deps, run))) return
  if (sends) await noteWaiting(trx, run)
  if (run.status === 'testing') await judgeCanary(trx, deps, run)
  else await settleRun(trx, deps, accountId, id)
}

/** Part of the sweep: due starts, planning left behind by a dead worker, runs that have ended. */
export const sweepCampaigns = async (deps: Deps): Promise<void> => {
  for (const due of await listDueCampaigns(deps.db)) {
    const { account_id: accountId, campaign_id: id } = due
    await inAccount(deps.db, accountId, async (trx) => {
      if (due.status === 'scheduled') await startScheduled(trx, deps, accountId, id)
      else if (due.status === 'preparing' || due.status === 'canceled')
        await requeuePlanning(trx, deps, accountId, id)
      else await attendRun(trx, deps, accountId, id)
    })
  }
}
