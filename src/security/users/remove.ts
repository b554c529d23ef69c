import { releaseDirectoryEntry } from '../../accounts/index.ts'
import { byActor, record } from '../../audit/index.ts'
import { inAccount } from '../../db/pool.ts'
import { conflict, invalidField } from '../../http/errors.ts'
import { freezeKeysOf } from '../api-keys/freeze.ts'
import { killLinks } from '../links/index.ts'
import { checkLastOwner } from '../roles/escalation.ts'
import { listRights } from '../roles/grants.ts'
import { endSessions } from '../sessions/session.ts'
import { findUserView, markDeleted } from './queries.ts'
import { type Handover, openPair, type UserWork } from './work.ts'

/**
 * Deletes a person softly: login and address are free, the name stays in history, what he had begun passes on.
 * @throws AppError 403 `escalation_refused`, 409 `self_forbidden`, `last_owner`.
 */
export const removeUser = (
  work: UserWork,
  id: string,
  given: { readonly transferTo: string | undefined; readonly handovers: readonly Handover[] },
): Promise<void> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { deps, actor } = work
    const { accountId } = actor
    const { view, target } = await openPair(trx, work, id, null)
    if (id === actor.userId) throw conflict('self_forbidden')
    const heir = given.transferTo ?? actor.userId
    if (heir === id || !(await findUserView(trx, accountId, heir)))
      throw invalidField('/transfer_to', 'not_in_list', 'is not another person of this account')
    const before = target.owner ? await listRights(trx, accountId) : []
    await freezeKeysOf(trx, accountId, id)
    await markDeleted(trx, accountId, id)
    if (target.owner) checkLastOwner(before, await listRights(trx, accountId))
    await endSessions(trx, accountId, id)
    await killLinks(trx, accountId, id)
    await releaseDirectoryEntry(trx, { kind: 'login', accountId, targetId: id })
    for (const handOver of given.handovers) await handOver(trx, accountId, { userId: id }, { userId: heir })
    await record(trx, deps, byActor(actor), {
      action: 'user.deleted',
      object: { type: 'user', id },
      diff: {
        before: { login: view.login, email: view.email, role_ids: view.roles.map((role) => role.id) },
        after: { transfer_to: heir },
      },
    })
  })
