import { type AuditBy, bySystem, record } from '../../../audit/index.ts'
import type { Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { notify as tellConsoles } from '../../../live/index.ts'
import { notifyAdministrators } from '../../../system-stream/index.ts'
import type { Rules } from '../rules.ts'
import { readSnapshot } from '../snapshot.ts'
import { compareLists } from './differences.ts'
import { loadEntries, loadRoleEntries, type PolicyRow, restoreRules, updatePolicy } from './queries.ts'

export const isOverdue = (policy: PolicyRow, now: Date): boolean =>
  policy.pending_until !== null && policy.pending_until <= now

/** What holds for everybody at this moment. */
export const loadRules = async (trx: Trx, accountId: string, state: Rules['state']): Promise<Rules> => {
  const entries = (await loadEntries(trx, accountId)).filter((entry) => entry.targetUserId === null)
  return { state, entries, roleEntries: await loadRoleEntries(trx, accountId) }
}

/** The last confirmed list returns, with mail and log (security.md §2.6). */
export const rollBack = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  policy: PolicyRow,
  by: AuditBy,
): Promise<PolicyRow> => {
  const before = await loadRules(trx, accountId, policy.state)
  const rules = readSnapshot(policy.previous)
  await restoreRules(trx, accountId, rules)
  const next = await updatePolicy(trx, accountId, {
    state: rules.state,
    onSessionMismatch: policy.on_session_mismatch,
    pending: null,
  })
  const { added, removed } = compareLists(before, rules)
  await notifyAdministrators(trx, deps, { accountId, kind: 'ip_rollback', values: { added, removed } })
  await tellConsoles(trx, accountId, 'security')
  await record(trx, deps, by, {
    action: 'ip.rollback',
    object: { type: 'ip_policy', id: accountId },
    diff: { before: { state: policy.state }, after: { state: rules.state, added, removed } },
  })
  return next
}

/** Makes real what every reader already goes by: an unconfirmed change whose time is over. The row is locked. */
export const settle = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  policy: PolicyRow,
): Promise<PolicyRow> =>
  isOverdue(policy, deps.clock.now()) ? rollBack(trx, deps, accountId, policy, bySystem(accountId)) : policy
