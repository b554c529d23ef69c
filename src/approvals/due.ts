import { bySystem, record } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { AppError } from '../http/errors.ts'
import { notify } from '../live/index.ts'
import { type ApprovalKinds, kindOf } from './kind.ts'
import { type ApprovalRow, listDuePlaces, lockApproval, updateApproval } from './queries.ts'

const end = async (
  trx: Trx,
  deps: Deps,
  row: ApprovalRow,
  state: 'expired' | 'executed' | 'voided',
  reason?: string,
): Promise<void> => {
  const { account_id: accountId, id } = row
  await updateApproval(trx, accountId, id, {
    state,
    cancelHash: null,
    ...(reason === undefined ? {} : { voidReason: reason }),
  })
  await notify(trx, accountId, 'account')
  await record(trx, deps, bySystem(accountId), {
    action: `approval.${state}`,
    object: { type: 'approval', id },
    ...(reason === undefined ? {} : { reason }),
  })
}

/** Asked once more at the end of the delay: both persons still may, and nothing changed meanwhile. */
const staleness = async (trx: Trx, kinds: ApprovalKinds, row: ApprovalRow): Promise<string | null> => {
  const kind = kindOf(kinds, row)
  const requester = { userId: row.requested_by, staff: row.requested_by_staff }
  const decider = { userId: row.decided_by ?? '', staff: row.decided_by_staff ?? false }
  const hold =
    row.decided_by !== null &&
    (await kind.holds(trx, row, requester, 'requester')) &&
    (await kind.holds(trx, row, decider, 'decider'))
  if (!hold) return 'right_lost'
  return (await kind.digest(trx, row))?.equals(row.digest) ? null : 'revision_changed'
}

const settleOne = async (
  trx: Trx,
  deps: Deps,
  kinds: ApprovalKinds,
  place: { readonly account_id: string; readonly approval_id: string },
): Promise<void> => {
  const row = await lockApproval(trx, place.account_id, place.approval_id)
  const now = deps.clock.now()
  if (row?.state === 'pending' && row.expires_at <= now) return end(trx, deps, row, 'expired')
  if (row?.state !== 'approved' || row.executes_at === null || row.executes_at > now) return
  const stale = await staleness(trx, kinds, row)
  if (stale) return end(trx, deps, row, 'voided', stale)
  await kindOf(kinds, row).execute(trx, deps, row)
  await end(trx, deps, row, 'executed')
}

/** Expires what nobody decided and carries out what waited long enough; safe on several nodes, each row under its lock. */
export const sweepApprovals =
  (kinds: ApprovalKinds) =>
  async (deps: Deps): Promise<void> => {
    for (const place of await listDuePlaces(deps.db)) {
      try {
        await inAccount(deps.db, place.account_id, (trx) => settleOne(trx, deps, kinds, place))
      } catch (error) {
        // One that cannot be carried out must not keep the others waiting; it is tried again with the next sweep.
        const code = error instanceof AppError ? error.code : 'internal'
        deps.log.error({ err: error, approvalId: place.approval_id, code }, 'an approval was not carried out')
      }
    }
  }
