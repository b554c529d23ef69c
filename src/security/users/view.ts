import type { User } from './contract.ts'
import type { UserView } from './queries.ts'

export const toUser = (row: UserView): User => ({
  id: row.id,
  login: row.login,
  email: row.email,
  email_verified: row.email_verified_at !== null,
  phone: row.phone,
  phone_verified: row.phone_verified_at !== null,
  first_name: row.first_name,
  last_name: row.last_name,
  language: row.language,
  time_zone: row.time_zone,
  valid_until: row.valid_until,
  status: row.shown_status,
  sign_in_allowed: row.sign_in_allowed,
  roles: row.roles,
  allow: row.allow,
  deny: row.deny,
  scopes: row.scopes as User['scopes'],
  mfa_status: row.mfa_status,
  invitation_id: row.invitation_id,
  last_sign_in_at: row.last_sign_in_at?.toISOString() ?? null,
  last_address: row.last_address,
  created_at: row.created_at.toISOString(),
  version: row.version,
})
