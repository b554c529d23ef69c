import { type AuditBy, byActor, byUser, record } from '../../../audit/index.ts'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor, Where } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { AppError, conflict } from '../../../http/errors.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { notify as tellConsoles } from '../../../live/index.ts'
import { findRights } from '../../roles/grants.ts'
import type { IpPolicy } from '../contract.ts'
import { insideUntil } from '../panel-set.ts'
import { dropOldTraces, noteSignInAddress } from '../preview/queries.ts'
import { readSnapshot } from '../snapshot.ts'
import { guardCaller } from './change.ts'
import { presentPolicy } from './policy.ts'
import { lockPolicy, lockWaiting, type PolicyRow, updatePolicy } from './queries.ts'
import { isOverdue, loadRules, rollBack, settle } from './rollback.ts'

const confirm = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  policy: PolicyRow,
  by: AuditBy,
): Promise<PolicyRow> => {
  const next = await updatePolicy(trx, accountId, {
    state: policy.state,
    onSessionMismatch: policy.on_session_mismatch,
    pending: null,
  })
  await tellConsoles(trx, accountId, 'security')
  await record(trx, deps, by, { action: 'ip.confirmed', object: { type: 'ip_policy', id: accountId } })
  return next
}

const openPending = async (trx: Trx, deps: Deps, actor: Actor): Promise<PolicyRow> => {
  const policy = await settle(trx, deps, actor.accountId, await lockPolicy(trx, actor.accountId))
  if (!policy.pending_until) throw conflict('not_pending')
  return policy
}

/** By a second person from inside; nobody who narrowed the list since the last confirmation confirms it by a click. */
export const confirmPolicy = (deps: Deps, actor: Actor): Promise<IpPolicy> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const policy = await openPending(trx, deps, actor)
    if (policy.pending_editors.includes(actor.userId)) throw new AppError('self_approval', 403)
    const rules = await loadRules(trx, actor.accountId, policy.state)
    await guardCaller({ trx, deps, actor, now: deps.clock.now() }, rules, rules)
    const next = await confirm(trx, deps, actor.accountId, policy, byActor(actor))
    return presentPolicy(trx, deps, actor, next)
  })

/** Back to the last confirmed list at once; it may not shut the caller out either. */
export const rollBackPolicy = (deps: Deps, actor: Actor): Promise<IpPolicy> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const policy = await openPending(trx, deps, actor)
    const [rules, previous] = [
      await loadRules(trx, actor.accountId, policy.state),
      readSnapshot(policy.previous),
    ]
    await guardCaller({ trx, deps, actor, now: deps.clock.now() }, rules, previous)
    const next = await rollBack(trx, deps, actor.accountId, policy, byActor(actor))
    return presentPolicy(trx, deps, actor, next)
  })

/**
 * What a complete new sign-in means for the list: its address may be proposed, and of a holder of
 * `account.security.manage` from inside the list it confirms what waits; no personal entry and no exception stands in
 * for the list. For sessions without limit and impersonation only.
 */
export const confirmBySignIn = async (
  trx: Trx,
  deps: Deps,
  who: { readonly accountId: string; readonly userId: string; readonly where: Where },
): Promise<void> => {
  const { accountId, userId, where } = who
  if (where.address) await noteSignInAddress(trx, accountId, userId, where.address)
  await dropOldTraces(trx, accountId)
  const now = deps.clock.now()
  // A change under way holds the row and starts the ten minutes anew: it is not waited for.
  const policy = await lockWaiting(trx, accountId)
  if (!policy || isOverdue(policy, now)) return
  const rights = await findRights(trx, accountId, userId)
  if (!rights?.permissions.has('account.security.manage')) return
  const rules = await loadRules(trx, accountId, policy.state)
  const caller = { value: numberOf(where.address), roleIds: rights.roleIds }
  if (insideUntil(rules, caller, now) <= now.getTime()) return
  await confirm(trx, deps, accountId, policy, byUser(accountId, where, { userId, name: rights.name }))
}
