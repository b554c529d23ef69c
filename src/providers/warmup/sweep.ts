import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { notify } from '../../live/index.ts'
import { capOf, dayOf, stopReason } from './curve.ts'
import {
  endPlan,
  listActivePlans,
  listDays,
  lockPlan,
  readToday,
  releaseWaiting,
  saveComplaints,
} from './queries.ts'
import { factorOf } from './reserve.ts'

const sweepEveryMs = 30_000
const sweptAt = new WeakMap<Deps, number>()

const judgePlan = (deps: Deps, accountId: string, planId: string): Promise<void> =>
  inAccount(deps.db, accountId, async (trx) => {
    const plan = await lockPlan(trx, accountId, planId)
    if (plan?.state !== 'active') return
    const { today } = await readToday(trx, accountId)
    if (capOf(plan, dayOf(plan, today)) === null) {
      await endPlan(trx, accountId, planId, { state: 'finished', reason: null, today })
      await releaseWaiting(trx, accountId, factorOf(plan))
      await notify(trx, accountId, 'provider', planId)
      return
    }
    await saveComplaints(trx, accountId, plan, today)
    const day = (await listDays(trx, accountId, [planId])).find((one) => one.day === today)
    const reason = day && stopReason(day)
    if (!reason) return
    await endPlan(trx, accountId, planId, { state: 'stopped', reason, today })
    await notify(trx, accountId, 'provider', planId)
  })

/** Part of the sweep: plans end after their days, and stop when complaints come in. */
export const sweepWarmups = async (deps: Deps): Promise<void> => {
  // By the program's clock, so that a jump of the test clock is followed by a look.
  const now = deps.clock.now().getTime()
  if (Math.abs(now - (sweptAt.get(deps) ?? 0)) < sweepEveryMs) return
  sweptAt.set(deps, now)
  for (const due of await listActivePlans(deps.db)) await judgePlan(deps, due.account_id, due.plan_id)
}
