import type { Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { circumstances, notify } from '../../system-stream/index.ts'
import { bumpEpoch } from '../sessions/session.ts'
import { gainsOf } from './escalation.ts'
import type { Rights } from './grants.ts'

/** Rights widened by somebody else: the person signs in anew and is told (security.md §4.1). Answers whether they were. */
export const endSessionsOfRaised = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  before: Rights,
  after: Rights,
): Promise<boolean> => {
  const gains = gainsOf(before, after).length > 0 || (after.owner && !before.owner)
  if (!gains || after.userId === actor.userId) return false
  await bumpEpoch(trx, actor.accountId, after.userId)
  if (after.maySignIn)
    await notify(trx, deps, {
      accountId: actor.accountId,
      userId: after.userId,
      kind: 'role_raised',
      values: circumstances(deps, actor.where),
    })
  return true
}
