import { record } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, conflict, notFound } from '../http/errors.ts'
import { addMs } from '../lib/clock.ts'
import { hashToken, makeToken } from '../lib/tokens.ts'
import { notify } from '../live/index.ts'
import type { Approval } from './contract.ts'
import { type ApprovalKind, type ApprovalKinds, kindOf } from './kind.ts'
import { type ApprovalRow, findApproval, findPartyEmail, lockApproval, updateApproval } from './queries.ts'
import { byParty, partyOf } from './request.ts'
import { toApproval } from './view.ts'

export type Decision = {
  readonly id: string
  readonly accountId: string
  readonly verdict: 'approve' | 'reject'
  readonly comment: string | null
  readonly kinds: ApprovalKinds
}

/** Whether this person may decide requests of the kind at all. */
export const decides = (kind: ApprovalKind, actor: Actor): boolean =>
  actor.staff ? kind.staff : kind.accountKey !== null && actor.permissions.has(kind.accountKey)

/** Neither who asked nor whom it is about, in whatever place the same person sits (security.md §3.5). */
export const isInvolved = (row: ApprovalRow, actor: Actor, email: string | null): boolean =>
  actor.userId === row.requested_by || actor.userId === row.object_id || email === row.requested_by_email

const judgeDecider = async (trx: Trx, row: ApprovalRow, kind: ApprovalKind, actor: Actor): Promise<void> => {
  const permission = kind.accountKey ?? 'operator.approvals.decide'
  if (!decides(kind, actor)) throw new AppError('permission_denied', 403, '', { permission })
  const email = await findPartyEmail(trx, row.account_id, partyOf(actor))
  // A member of staff may also be a user of the account: the same mailbox is the same person.
  const target = row.object_id
    ? await findPartyEmail(trx, row.account_id, { userId: row.object_id, staff: false })
    : null
  if (isInvolved(row, actor, email) || (target !== null && target === email))
    throw new AppError('self_approval', 403)
}

/** Why a request that is still open cannot be approved any more. */
const staleness = async (trx: Trx, row: ApprovalRow, kind: ApprovalKind): Promise<string | null> => {
  const requester = { userId: row.requested_by, staff: row.requested_by_staff }
  if (!(await kind.holds(trx, row, requester, 'requester'))) return 'right_lost'
  return (await kind.digest(trx, row))?.equals(row.digest) ? null : 'revision_changed'
}

type Outcome = { readonly refusal: AppError } | { readonly approval: Approval }

const voided = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  row: ApprovalRow,
  reason: string,
): Promise<Outcome> => {
  await updateApproval(trx, row.account_id, row.id, { state: 'voided', voidReason: reason })
  await record(trx, deps, byParty(actor, row.account_id), {
    action: 'approval.voided',
    object: { type: 'approval', id: row.id },
    reason,
  })
  return { refusal: conflict(reason === 'revision_changed' ? reason : 'not_pending') }
}

const approve = async (trx: Trx, deps: Deps, actor: Actor, row: ApprovalRow, decision: Decision) => {
  const kind = kindOf(decision.kinds, row)
  const decidedBy = { id: actor.userId, name: actor.name, staff: actor.staff }
  const { comment } = decision
  const { account_id: accountId, id } = row
  const token = kind.delayMs > 0 ? makeToken() : null
  await updateApproval(trx, accountId, id, {
    state: token ? 'approved' : 'executed',
    decidedBy,
    comment,
    executesAt: addMs(deps.clock.now(), kind.delayMs),
    ...(token ? { cancelHash: hashToken(token) } : {}),
  })
  const now = await findApproval(trx, accountId, id)
  if (!now) throw notFound()
  if (token) await kind.announce?.(trx, deps, now, token)
  else await kind.execute(trx, deps, now)
  const by = byParty(actor, accountId)
  const object = { type: 'approval', id }
  await record(trx, deps, by, { action: 'approval.approved', object, reason: comment })
  if (!token) await record(trx, deps, by, { action: 'approval.executed', object })
}

const reject = async (trx: Trx, deps: Deps, actor: Actor, row: ApprovalRow, { comment }: Decision) => {
  await updateApproval(trx, row.account_id, row.id, {
    state: 'rejected',
    decidedBy: { id: actor.userId, name: actor.name, staff: actor.staff },
    comment,
  })
  await record(trx, deps, byParty(actor, row.account_id), {
    action: 'approval.rejected',
    object: { type: 'approval', id: row.id },
    reason: comment,
  })
}

const settle = async (trx: Trx, deps: Deps, actor: Actor, decision: Decision): Promise<Outcome> => {
  const row = await lockApproval(trx, decision.accountId, decision.id)
  if (!row) throw notFound()
  const kind = kindOf(decision.kinds, row)
  await judgeDecider(trx, row, kind, actor)
  if (row.state !== 'pending')
    return { refusal: conflict(row.state === 'expired' ? 'approval_expired' : 'not_pending') }
  if (row.expires_at <= deps.clock.now()) return { refusal: conflict('approval_expired') }
  if (decision.verdict === 'reject') await reject(trx, deps, actor, row, decision)
  else {
    const stale = await staleness(trx, row, kind)
    if (stale) return voided(trx, deps, actor, row, stale)
    await approve(trx, deps, actor, row, decision)
  }
  await notify(trx, row.account_id, 'account')
  const after = await findApproval(trx, row.account_id, row.id)
  if (!after) throw notFound()
  return { approval: toApproval(after, false) }
}

/**
 * Approves or rejects. What turned out stale is voided, and stays so although the call is refused.
 * @throws AppError 404, 403 `permission_denied`, `self_approval`, 409 `not_pending`, `approval_expired`,
 *   `revision_changed`.
 */
export const decide = async (deps: Deps, actor: Actor, decision: Decision): Promise<Approval> => {
  const outcome = await inAccount(deps.db, decision.accountId, (trx) => settle(trx, deps, actor, decision))
  if ('refusal' in outcome) throw outcome.refusal
  return outcome.approval
}

/** @throws AppError 404 for everybody but the requester, 409 `not_pending`. */
export const withdrawApproval = (
  deps: Deps,
  actor: Actor,
  request: { readonly accountId: string; readonly id: string; readonly comment: string | null },
): Promise<Approval> =>
  inAccount(deps.db, request.accountId, async (trx) => {
    const row = await lockApproval(trx, request.accountId, request.id)
    if (row?.requested_by !== actor.userId || row.requested_by_staff !== actor.staff) throw notFound()
    if (row.state !== 'pending' && row.state !== 'approved') throw conflict('not_pending')
    const { comment } = request
    await updateApproval(trx, row.account_id, row.id, { state: 'withdrawn', comment, cancelHash: null })
    await notify(trx, row.account_id, 'account')
    await record(trx, deps, byParty(actor, row.account_id), {
      action: 'approval.withdrawn',
      object: { type: 'approval', id: row.id },
      reason: comment,
    })
    const after = await findApproval(trx, row.account_id, row.id)
    if (!after) throw notFound()
    return toApproval(after, false)
  })
