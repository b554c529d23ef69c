import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { RouteContract } from '../../http/contract.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError } from '../../http/errors.ts'
import { hasLiveSupportGrant, noteSupportUse } from './queries.ts'

/** What tells nothing about contacts, messages and files; whatever is not named here is content (security.md §4.5). */
const withoutContent =
  /^(account\.(settings|operations|notifications|billing|documents|subaccounts)|(email|sms|push|rcs)\.(reports|senders|settings|streams|apps|agents)|sending\.providers)\./

const isContent = ({ access }: RouteContract): boolean =>
  access !== 'public' && access !== 'session' && !withoutContent.test(access)

/**
 * Staff in a customer's account see content only while an administrator has opened it; the first look is recorded in
 * the customer's log. What they may not do at all is refused by the rules for everybody.
 * @throws AppError 403 `support_grant_required`.
 */
export const admitSupport = async (deps: Deps, actor: Actor, contract: RouteContract): Promise<void> => {
  const { impersonation, accountId, sessionId } = actor
  const held =
    contract.access !== 'public' && contract.access !== 'session' && actor.permissions.has(contract.access)
  if (!impersonation || !isContent(contract) || !held) return
  if (contract.method !== 'GET' && !impersonation.write) return
  await inAccount(deps.db, accountId, async (trx) => {
    if (!(await hasLiveSupportGrant(trx, accountId))) throw new AppError('support_grant_required', 403)
    if (!(await noteSupportUse(trx, accountId, sessionId))) return
    await record(trx, deps, byActor(actor), {
      action: 'support_access.used',
      object: { type: 'session', id: sessionId },
    })
  })
}
