import type { Invitation } from './contract.ts'
import type { InvitationRow } from './queries.ts'

export const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  user_id: row.user_id,
  email: row.email,
  role_ids: row.role_ids,
  status: row.status === 'pending' && row.overdue ? 'expired' : row.status,
  expires_at: row.expires_at.toISOString(),
})
