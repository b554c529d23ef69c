import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import { conflict, notFound } from '../../http/errors.ts'
import { addMs } from '../../lib/clock.ts'
import { spendLimits } from '../limits.ts'
import { killLinks, linkLifeMs } from '../links/index.ts'
import { findRights } from '../roles/grants.ts'
import { findRoles, lockRights } from '../roles/queries.ts'
import { rightsOfActor } from '../roles/role.ts'
import { checkRolesGrantable } from '../users/assign.ts'
import { findUserView, markDeleted } from '../users/queries.ts'
import type { UserWork } from '../users/work.ts'
import { sendInvitation } from './invite.ts'
import {
  closeInvitation,
  findInvitation,
  type InvitationRow,
  lockInvitation,
  renewInvitation,
} from './queries.ts'

const mailsPerHourMax = 5

/** @throws AppError 404, 409 `not_pending` once it was accepted or withdrawn; an overdue one may still be sent again. */
const openPending = async (trx: Trx, accountId: string, id: string): Promise<InvitationRow> => {
  await lockRights(trx, accountId)
  if (!(await lockInvitation(trx, accountId, id))) throw notFound()
  const row = await findInvitation(trx, accountId, id)
  if (!row) throw notFound()
  if (row.status !== 'pending') throw conflict('not_pending')
  return row
}

/** @throws AppError 403 `escalation_refused`: whoever sends it again answers for the roles in it. */
export const renew = async (work: UserWork, id: string): Promise<void> => {
  const { deps, actor } = work
  const { accountId } = actor
  await inAccount(deps.db, accountId, (trx) => openPending(trx, accountId, id))
  await spendLimits(deps.db, [{ key: `invitation:${id}`, max: mailsPerHourMax, windowSeconds: 3_600 }])
  await inAccount(deps.db, accountId, async (trx) => {
    const row = await openPending(trx, accountId, id)
    const [mine, target] = [await rightsOfActor(trx, actor), await findRights(trx, accountId, row.user_id)]
    checkRolesGrantable(mine, await findRoles(trx, accountId, row.role_ids), target?.scopes ?? {})
    const expiresAt = addMs(deps.clock.now(), linkLifeMs.invitation)
    await renewInvitation(trx, accountId, id, { invitedBy: actor.userId, expiresAt })
    await sendInvitation(trx, work, { id, userId: row.user_id, email: row.email })
    await record(trx, deps, byActor(actor), {
      action: 'invitation.resent',
      object: { type: 'invitation', id },
    })
  })
}

/** The link dies, and the address is free to be invited again. */
export const withdraw = (work: UserWork, id: string): Promise<void> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { deps, actor } = work
    const { accountId } = actor
    const row = await openPending(trx, accountId, id)
    await closeInvitation(trx, accountId, id, 'revoked')
    const user = await findUserView(trx, accountId, row.user_id)
    if (user?.status === 'invited') await markDeleted(trx, accountId, row.user_id)
    await killLinks(trx, accountId, row.user_id)
    await record(trx, deps, byActor(actor), {
      action: 'invitation.revoked',
      object: { type: 'invitation', id },
    })
  })
