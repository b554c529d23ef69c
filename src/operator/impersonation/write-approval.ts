import { createHash } from 'node:crypto'
import type { Approval } from '../../approvals/contract.ts'
import { type ApprovalKind, requestApproval } from '../../approvals/index.ts'
import type { Trx } from '../../db/pool.ts'
import { addMs, minutesMs } from '../../lib/clock.ts'
import { stillHolds } from '../../security/index.ts'
import { inCustomer, type StaffWork } from '../work.ts'
import { checkTarget, type ImpersonationGiven } from './impersonation.ts'
import { findOperatorAccess, findSessionOwner, insertWrite } from './queries.ts'

const usableMs = minutesMs(60)

/** Voids the request when the account shuts staff out, or the user is no longer who he was. */
const digestOf = async (trx: Trx, accountId: string, userId: string): Promise<Buffer | null> => {
  const user = await findSessionOwner(trx, accountId, userId)
  if (!user || (await findOperatorAccess(trx, accountId)) === 'forbidden') return null
  return createHash('sha256').update([user.id, user.status, user.sign_in_allowed].join('\n')).digest()
}

/** Writing in a customer's account: staff ask, another member of staff decides (security.md §4.5). */
export const impersonationWrite: ApprovalKind = {
  accountKey: null,
  staff: true,
  delayMs: 0,
  digest: (trx, row) => digestOf(trx, row.account_id, row.object_id),
  holds: (trx, row, party, as) =>
    stillHolds(
      trx,
      row.account_id,
      party,
      as === 'requester' ? 'operator.support.enter' : 'operator.approvals.decide',
    ),
  execute: async (trx, deps, row) => {
    await insertWrite(trx, row.account_id, {
      approvalId: row.id,
      staffId: row.requested_by,
      userId: row.object_id,
      expiresAt: addMs(deps.clock.now(), usableMs),
    })
  },
}

/** @throws AppError 409 `already_pending`, 403 `impersonation_forbidden`. */
export const askForWrite = (
  work: StaffWork,
  accountId: string,
  given: ImpersonationGiven,
): Promise<Approval> =>
  inCustomer(work, accountId, async (trx) => {
    const user = await checkTarget(trx, work, accountId, given.user_id)
    const digest = await digestOf(trx, accountId, user.id)
    if (!digest) throw new Error('the user just found is gone')
    return requestApproval(trx, work.deps, work.actor, accountId, {
      kind: 'impersonation_write',
      object: { type: 'user', id: user.id, name: user.name },
      digest,
      summary: { minutes: given.minutes },
      reason: given.reason,
    })
  })
