import type { ApprovalParts } from '../../approvals/index.ts'
import type { Deps } from '../../http/deps.ts'
import { spendLimits } from '../limits.ts'
import { judgeAddress } from '../network/index.ts'

/** How a link that stops an act is guarded: by the address rules of the account and a bucket of the address. */
export const approvalVisits = (deps: Deps): Pick<ApprovalParts, 'judgeVisitor' | 'spendVisit'> => ({
  judgeVisitor: async (trx, row, { address }) => {
    const { account_id: accountId, object_id: userId } = row
    return (await judgeAddress(trx, { accountId, userId, scope: 'panel', address })).allowed
  },
  spendVisit: (address) =>
    spendLimits(deps.db, [{ key: `approval-cancel:${address ?? 'unresolved'}`, max: 10, windowSeconds: 60 }]),
})
