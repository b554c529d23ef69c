import { type AuditBy, byActor, record } from '../audit/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { conflict } from '../http/errors.ts'
import { addMs, hoursMs } from '../lib/clock.ts'
import { uuidV7 } from '../lib/ids.ts'
import { notify } from '../live/index.ts'
import type { Approval } from './contract.ts'
import type { Party } from './kind.ts'
import { findApproval, findPartyEmail, insertApproval, type NewApproval } from './queries.ts'
import { toApproval } from './view.ts'

const lifeMs = hoursMs(72)

/** In whose name a record stands in the account's log: staff act there as support. */
export const byParty = (actor: Actor, accountId: string): AuditBy =>
  actor.staff ? { ...byActor(actor), type: 'support', accountId } : byActor(actor)

export const partyOf = (actor: Actor): Party => ({ userId: actor.userId, staff: actor.staff })

export type ApprovalRequest = Pick<NewApproval, 'kind' | 'object' | 'digest' | 'summary' | 'reason'>

/**
 * Asks for a second person, in the caller's transaction, which stands in the account concerned.
 * @throws AppError 409 `already_pending`.
 */
export const requestApproval = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  accountId: string,
  request: ApprovalRequest,
): Promise<Approval> => {
  const now = deps.clock.now()
  const id = uuidV7(now)
  const email = (await findPartyEmail(trx, accountId, partyOf(actor))) ?? ''
  const made = await insertApproval(trx, accountId, {
    ...request,
    id,
    requestedBy: { id: actor.userId, name: actor.name, staff: actor.staff, email },
    expiresAt: addMs(now, lifeMs),
  })
  if (!made) throw conflict('already_pending')
  const row = await findApproval(trx, accountId, id)
  if (!row) throw new Error('the request just made is missing')
  await notify(trx, accountId, 'account')
  await record(trx, deps, byParty(actor, accountId), {
    action: 'approval.requested',
    object: { type: 'approval', id },
    reason: request.reason,
    diff: { after: { kind: request.kind, object_type: request.object.type, object_id: request.object.id } },
  })
  return toApproval(row, false)
}
