import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { invalidField } from '../../http/errors.ts'
import { copyCampaign } from '../copy.ts'
import { getLocked, requireStatus } from '../run/states.ts'
import type { FollowUp } from './contract.ts'

const ended = ['finished', 'canceled', 'failed'] as const

/** A draft to those whom a run did not reach; who they are is looked up when it starts (sending.md §4.4). */
export const draftFollowUp = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  id: string,
  { states, accept_duplicates }: FollowUp,
): Promise<string> => {
  if (states.includes('uncertain') && accept_duplicates !== true) {
    throw invalidField('/accept_duplicates', 'required', 'must be true: some may be reached twice')
  }
  const run = await getLocked(trx, actor.accountId, id)
  requireStatus(run, ended)
  return copyCampaign(trx, deps, actor, id, {
    mark: 'not reached',
    parent: { parent_campaign_id: id, follow_up: JSON.stringify({ states }) },
  })
}
