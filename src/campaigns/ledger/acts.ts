import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { BodyOf } from '../../http/contract.ts'
import { refuseWhileHeld } from '../../instance-guard/index.ts'
import {
  enqueueRows,
  markAccepted,
  markMissed,
  type Run,
  readAccounting,
  repeatRows,
  stopRows,
} from '../../messages/index.ts'
import { type CampaignRun, insertJournal } from '../run/queries.ts'
import { getLocked, markOf, requireStatus } from '../run/states.ts'
import type { RowSelection, resolveUncertain } from './contract.ts'
import { isChosen, isRetryWaiting } from './queries.ts'

/** Where rows may still leave. */
const running = ['testing', 'sending', 'paused', 'finishing'] as const
const started = ['testing', 'sending', 'paused', 'finishing', 'finished', 'canceled', 'failed'] as const

const ledgerRun = (run: CampaignRun): Run => ({
  accountId: run.account_id,
  sourceId: run.id,
  runMonth: run.run_month ?? '',
})

const journal = (
  trx: Trx,
  actor: Actor,
  run: CampaignRun,
  kind: string,
  detail: Record<string, unknown>,
): Promise<unknown> =>
  insertJournal(trx, run.account_id, { campaignId: run.id, kind, actor: markOf(actor), detail })

type Resolving = BodyOf<typeof resolveUncertain>

/** A person decides what no answer ever will (sending.md §5); rows decided already stay as they are. */
export const resolveOpen = async (
  trx: Trx,
  actor: Actor,
  id: string,
  { action, filter = {}, reason }: Resolving,
): Promise<{ resolved: number; uncertain_open: number }> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, action === 'repeat' ? running : started)
  if (action === 'repeat') await refuseWhileHeld(trx)
  const rows = ledgerRun(run)
  const chosen = isChosen(filter)
  const act = {
    mark_accepted: () => markAccepted(trx, rows, chosen),
    mark_missed: () => markMissed(trx, rows, chosen),
    repeat: () => repeatRows(trx, rows, chosen, { doubtful: true }),
  }
  const resolved = await act[action]()
  await journal(trx, actor, run, 'uncertain_resolved', { action, resolved, reason })
  const { uncertain_open } = await readAccounting(trx, actor.accountId, id)
  return { resolved, uncertain_open }
}

/** Waiting rows become due at once; rate limits and windows still hold. */
export const retryNow = async (
  trx: Trx,
  actor: Actor,
  id: string,
  filter: RowSelection = {},
): Promise<number> => {
  await refuseWhileHeld(trx)
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, running)
  const changed = await enqueueRows(trx, ledgerRun(run), { where: isRetryWaiting(filter), dueAt: null })
  await journal(trx, actor, run, 'retried_now', { changed })
  return changed
}

/** What waits for another attempt is given up; what never left yet goes on. */
export const stopWaiting = async (
  trx: Trx,
  actor: Actor,
  id: string,
  filter: RowSelection = {},
): Promise<number> => {
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, running)
  const changed = await stopRows(trx, ledgerRun(run), isRetryWaiting(filter))
  await journal(trx, actor, run, 'retries_stopped', { changed })
  return changed
}
