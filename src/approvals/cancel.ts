import { byVisitor, record } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Where } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { hashToken } from '../lib/tokens.ts'
import { notify } from '../live/index.ts'
import { type ApprovalRow, findCancelPlace, lockApproval, updateApproval } from './queries.ts'

/** Whether somebody at this address may act for the account; given by the address rules, which stand above. */
export type JudgeVisitor = (trx: Trx, row: ApprovalRow, where: Where) => Promise<boolean>

/**
 * Stops an approved act by the link of its mail. It asks for no session: whoever was told may stop it.
 * @throws AppError 400 `link_refused` for everything that does not fit, one answer for all.
 */
export const cancelByLink = async (
  deps: Deps,
  token: string,
  where: Where,
  judge: JudgeVisitor,
): Promise<void> => {
  const refused = new AppError('link_refused', 400)
  const hash = hashToken(token)
  const place = await findCancelPlace(deps.db, hash)
  if (!place) throw refused
  await inAccount(deps.db, place.account_id, async (trx) => {
    const row = await lockApproval(trx, place.account_id, place.approval_id)
    const now = deps.clock.now()
    const open = row?.state === 'approved' && row.cancel_hash?.equals(hash) && (row.executes_at ?? now) > now
    if (!row || !open || !(await judge(trx, row, where))) throw refused
    await updateApproval(trx, row.account_id, row.id, {
      state: 'voided',
      voidReason: 'canceled_by_link',
      cancelHash: null,
    })
    await notify(trx, row.account_id, 'account')
    await record(trx, deps, byVisitor(row.account_id, where), {
      action: 'approval.voided',
      object: { type: 'approval', id: row.id },
      reason: 'canceled_by_link',
    })
  })
}
