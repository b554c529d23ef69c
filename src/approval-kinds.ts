import type { ApprovalKinds } from './approvals/index.ts'
import { exceptionKind, impersonationWrite } from './operator/index.ts'
import { resetKinds } from './security/index.ts'

/** One line per feature that asks for a second person. */
export const approvalKinds: ApprovalKinds = {
  ...resetKinds,
  ip_exception: exceptionKind,
  impersonation_write: impersonationWrite,
}
