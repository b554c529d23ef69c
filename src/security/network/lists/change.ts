import { type AuditEntry, byActor, record } from '../../../audit/index.ts'
import { inAccount, type Trx } from '../../../db/pool.ts'
import type { Actor } from '../../../http/actor.ts'
import type { Deps } from '../../../http/deps.ts'
import { conflict, unprocessable, versionConflict } from '../../../http/errors.ts'
import { numberOf } from '../../../lib/addresses/bytes.ts'
import { addMs, minutesMs } from '../../../lib/clock.ts'
import { notify as tellConsoles } from '../../../live/index.ts'
import { circumstances, notifyAdministrators } from '../../../system-stream/index.ts'
import { dropTrustedDevices } from '../../devices/index.ts'
import { insideUntil, leavesOnlyExpiring, narrows, opens } from '../panel-set.ts'
import { hasNothing, type Rules } from '../rules.ts'
import { readSnapshot } from '../snapshot.ts'
import { compareLists } from './differences.ts'
import { listRoleIds, lockPolicy, type PolicyChange, type PolicyRow, updatePolicy } from './queries.ts'
import { loadRules, settle } from './rollback.ts'

const confirmMs = minutesMs(10)

/** What one act makes of the rules; nothing is written before the result has been judged. */
export type Plan<T> = {
  readonly after: Rules
  readonly onSessionMismatch?: 'deny' | 'revoke'
  /** The same act on the last confirmed rules, the most faithful form first: a widening enters both lists. */
  readonly onPrevious: (previous: Rules) => readonly Rules[]
  /** Further networks for the mail: those of single people stand outside the rules. */
  readonly mention?: { readonly added: readonly string[]; readonly removed: readonly string[] }
  readonly write: (trx: Trx) => Promise<unknown>
  readonly log: AuditEntry
  readonly result: T
}
export type Unchanged<T> = { readonly unchanged: T }

export type Wish = {
  /** Existence is judged before the version (account.md §1). */
  readonly exists?: (trx: Trx) => Promise<unknown>
  readonly ifMatch: number | null
  readonly confirm: 'open' | undefined
  /** An entry was typed: what is wrong with it is said before what it would do to the caller. */
  readonly typed?: true
}

type Circle = { readonly trx: Trx; readonly deps: Deps; readonly actor: Actor; readonly now: Date }

/** @throws AppError 409 `would_lock_out_caller`: no change makes the caller's own access end, or end sooner. */
export const guardCaller = async (
  { trx, actor, now }: Circle,
  before: Rules,
  after: Rules,
): Promise<void> => {
  const { address } = actor.where
  const roleIds = await listRoleIds(trx, actor.accountId, actor.userId)
  const caller = { value: numberOf(address), roleIds }
  const [until, was] = [insideUntil(after, caller, now), insideUntil(before, caller, now)]
  if (until <= now.getTime() || until < was)
    throw conflict('would_lock_out_caller', '', { current_address: address })
}

const guardExpiry = ({ now }: Circle, after: Rules): void => {
  if (leavesOnlyExpiring(after, now)) throw unprocessable('expiry_last_entry')
}

const judge = async (circle: Circle, wish: Wish, before: Rules, after: Rules): Promise<void> => {
  if (wish.typed) guardExpiry(circle, after)
  await guardCaller(circle, before, after)
  if (opens(before, after) && wish.confirm !== 'open') throw conflict('confirm_required')
  if (!wish.typed && after.state === 'enforce') guardExpiry(circle, after)
}

/** An empty list is no rule: with its last entry gone the policy is off, unless role lists remain. */
const settled = (rules: Rules): Rules =>
  rules.state === 'enforce' && hasNothing(rules) ? { ...rules, state: 'off' } : rules

type Pending = NonNullable<PolicyChange['pending']>

const waiting = (policy: PolicyRow): Pending | null =>
  policy.pending_until && policy.pending_by
    ? {
        until: policy.pending_until,
        by: policy.pending_by,
        editors: policy.pending_editors,
        previous: readSnapshot(policy.previous),
      }
    : null

/** A narrowing waits ten minutes and keeps the first `previous`; anything else enters both lists (security.md §2.6). */
const nextPending = <T>(
  { actor, now }: Circle,
  open: Pending | null,
  before: Rules,
  plan: Plan<T>,
  after: Rules,
): Pending | null => {
  if (after.state !== 'enforce') return null
  if (narrows(before, after, now)) {
    const editors = [...new Set([...(open?.editors ?? []), actor.userId])]
    return { until: addMs(now, confirmMs), by: actor.userId, editors, previous: open?.previous ?? before }
  }
  if (!open) return null
  const previous =
    plan.onPrevious(open.previous).find((moved) => !narrows(open.previous, moved, now)) ?? open.previous
  // Whatever was taken away is back: there is nothing left to confirm.
  return narrows(previous, after, now) ? { ...open, previous } : null
}

const announce = async <T>(
  { trx, deps, actor }: Circle,
  before: Rules,
  after: Rules,
  plan: Plan<T>,
): Promise<void> => {
  const { accountId } = actor
  const { added, removed } = compareLists(before, after)
  const values = {
    ...circumstances(deps, actor.where),
    added: [...added, ...(plan.mention?.added ?? [])],
    removed: [...removed, ...(plan.mention?.removed ?? [])],
    ...(before.state === after.state ? {} : { state: after.state }),
  }
  if (values.added.length + values.removed.length > 0 || values.state)
    await notifyAdministrators(trx, deps, { accountId, kind: 'ip_list_changed', values })
  await tellConsoles(trx, accountId, 'security')
}

const writeLog = async <T>(
  { trx, deps, actor }: Circle,
  plan: Plan<T>,
  states: { readonly before: Rules; readonly after: Rules; readonly begun: boolean },
): Promise<void> => {
  const by = byActor(actor)
  const object = { type: 'ip_policy', id: actor.accountId }
  await record(trx, deps, by, plan.log)
  const [was, is] = [states.before.state, states.after.state]
  if (was !== is && plan.log.action !== 'ip.policy_changed')
    await record(trx, deps, by, {
      action: 'ip.policy_changed',
      object,
      diff: { before: { state: was }, after: { state: is } },
    })
  if (states.begun) await record(trx, deps, by, { action: 'ip.pending', object })
}

const carryOut = async <T>(
  circle: Circle,
  policy: PolicyRow,
  before: Rules,
  plan: Plan<T>,
): Promise<{ policy: PolicyRow; result: T }> => {
  const { trx, actor, now } = circle
  const after = settled(plan.after)
  const pending = nextPending(circle, waiting(policy), before, plan, after)
  await plan.write(trx)
  const next = await updatePolicy(trx, actor.accountId, {
    state: after.state,
    onSessionMismatch: plan.onSessionMismatch ?? policy.on_session_mismatch,
    pending,
  })
  await dropTrustedDevices(trx, actor.accountId)
  await announce(circle, before, after, plan)
  await writeLog(circle, plan, { before, after, begun: narrows(before, after, now) })
  return { policy: next, result: plan.result }
}

/**
 * The one way in which lists, scopes, ends and state change: under the lock of the policy's row, judged on the result,
 * written with its mail and its log record in one transaction.
 * @throws AppError 412 `version_conflict`, 409 `would_lock_out_caller`, `confirm_required`, 422 `expiry_last_entry`.
 */
export const changeRules = <T>(
  deps: Deps,
  actor: Actor,
  wish: Wish,
  plan: (trx: Trx, rules: Rules, now: Date) => Promise<Plan<T> | Unchanged<T>>,
): Promise<{ policy: PolicyRow; result: T }> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const now = deps.clock.now()
    const circle: Circle = { trx, deps, actor, now }
    const policy = await settle(trx, deps, actor.accountId, await lockPolicy(trx, actor.accountId))
    await wish.exists?.(trx)
    if (wish.ifMatch !== null && wish.ifMatch !== policy.version) throw versionConflict()
    const before = await loadRules(trx, actor.accountId, policy.state)
    const planned = await plan(trx, before, now)
    if ('unchanged' in planned) return { policy, result: planned.unchanged }
    await judge(circle, wish, before, settled(planned.after))
    return carryOut(circle, policy, before, planned)
  })
