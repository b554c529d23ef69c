import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { notify } from '../../live/index.ts'
import { emitEvent } from '../../webhooks/index.ts'
import { eventOfMove } from './events.ts'
import { type CampaignRun, insertJournal, lockCampaign, type RunChange, updateRun } from './queries.ts'

/** Who acted: a person, or the system by itself. */
export type ActorMark = { kind: 'user'; id: string; name: string } | { kind: 'system' }
export const markOf = (actor: Actor): ActorMark => ({ kind: 'user', id: actor.userId, name: actor.name })
export const bySystem: ActorMark = { kind: 'system' }

export const getLocked = async (trx: Trx, accountId: string, id: string): Promise<CampaignRun> => {
  const run = await lockCampaign(trx, accountId, id)
  if (!run) throw notFound()
  return run
}

/** @throws AppError 409 `campaign_state_conflict` with the present status. */
export const requireStatus = (run: CampaignRun, allowed: readonly string[]): void => {
  if (!allowed.includes(run.status)) {
    throw conflict('campaign_state_conflict', '', { current_status: run.status })
  }
}

/** One step of a run: the change, its line in the journal and the news of it, in the caller's transaction. */
export const moveRun = async (
  trx: Trx,
  run: CampaignRun,
  change: RunChange,
  note: { kind: string; by: ActorMark; detail?: Record<string, unknown> },
): Promise<void> => {
  // A status begins with a clean slate: what the last one was seen in is not true of it.
  const fresh = change.status === undefined ? {} : { status_detail: null }
  await updateRun(trx, run.account_id, run.id, { ...fresh, ...change })
  await insertJournal(trx, run.account_id, {
    campaignId: run.id,
    kind: note.kind,
    actor: note.by,
    detail: note.detail ?? {},
  })
  const event = eventOfMove(run, change, note.detail ?? {})
  if (event) await emitEvent(trx, run.account_id, event)
  await notify(trx, run.account_id, 'campaign', run.id)
}
