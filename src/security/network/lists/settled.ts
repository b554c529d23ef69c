import type { Trx } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import { findPolicy, lockPolicy, type PolicyRow } from './queries.ts'
import { isOverdue, settle } from './rollback.ts'

/** The policy as it holds now: a deadline that is over has acted, whoever reads first (security.md §2.6). */
export const readSettled = async (trx: Trx, deps: Deps, accountId: string): Promise<PolicyRow> => {
  const policy = await findPolicy(trx, accountId)
  if (policy && !isOverdue(policy, deps.clock.now())) return policy
  return settle(trx, deps, accountId, await lockPolicy(trx, accountId))
}
