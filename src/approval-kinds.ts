import type { ApprovalKinds } from './approvals/index.ts'
import { resetKinds } from './security/index.ts'

/** One line per feature that asks for a second person. */
export const approvalKinds: ApprovalKinds = {
  ...resetKinds,
}
