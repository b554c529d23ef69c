import type { Approval } from './contract.ts'
import type { ApprovalRow } from './queries.ts'

export const toApproval = (row: ApprovalRow, mayDecide: boolean): Approval => ({
  id: row.id,
  kind: row.kind,
  object: { type: row.object_type, id: row.object_id, name: row.object_name },
  account: { id: row.account_id, name: row.account_name },
  requested_by: { id: row.requested_by, name: row.requested_by_name, staff: row.requested_by_staff },
  reason: row.reason,
  summary: { ...row.summary },
  state: row.state,
  decided_by:
    row.decided_by && row.decided_by_name !== null
      ? { id: row.decided_by, name: row.decided_by_name, staff: row.decided_by_staff ?? false }
      : null,
  decided_at: row.decided_at?.toISOString() ?? null,
  comment: row.comment,
  void_reason: row.void_reason,
  executes_at: row.executes_at?.toISOString() ?? null,
  expires_at: row.expires_at.toISOString(),
  created_at: row.created_at.toISOString(),
  may_decide: mayDecide,
})
