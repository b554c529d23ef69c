import type { Config } from '../../config.ts'
import { isOperatorKey, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'
import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import type { SessionRow } from './queries.ts'

/** Who holds one of these may change what others may do. */
export const administratorKeys: readonly PermissionKey[] = [
  'account.users.manage',
  'account.roles.manage',
  'account.security.manage',
]

export const isOwner = (row: SessionRow): boolean => row.roles.some((role) => role.built_in === 'owner')

export const permissionsOf = (row: SessionRow): ReadonlySet<PermissionKey> => {
  if (row.account_kind === 'instance') return new Set(permissionKeys.filter(isOperatorKey))
  if (isOwner(row)) return new Set(permissionKeys.filter((key) => !isOperatorKey(key)))
  return new Set(permissionKeys.filter((key) => row.role_keys.includes(key)))
}

export const isAdministrator = (row: SessionRow): boolean => {
  const held = permissionsOf(row)
  return isOwner(row) || administratorKeys.some((key) => held.has(key))
}

export type Life = { readonly idleMs: number; readonly absoluteMs: number }

/** The wider a person's reach, the shorter the session (security.md §4.1). */
export const lifeOf = (row: SessionRow, config: Config): Life => {
  const [idle, hours] =
    row.account_kind === 'instance' ? [15, 12] : isAdministrator(row) ? [30, 12] : [60, 24]
  return {
    idleMs: minutesMs(Math.min(idle, config.sessionIdleMinutes)),
    absoluteMs: hoursMs(Math.min(hours, config.sessionMaxHours)),
  }
}

/** Whether a person may be signed in at all on this day. */
export const mayBeSignedIn = (
  user: { status: string; sign_in_allowed: boolean; valid_until: string | null; deleted_at: Date | null },
  now: Date,
): boolean =>
  user.status === 'active' &&
  user.sign_in_allowed &&
  user.deleted_at === null &&
  (user.valid_until === null || user.valid_until >= now.toISOString().slice(0, 10))

export const isLive = (row: SessionRow, now: Date, config: Config): boolean => {
  const life = lifeOf(row, config)
  const ends = [row.impersonation_expires_at, row.limited_until]
  return (
    row.session_epoch === row.user_epoch &&
    mayBeSignedIn({ ...row, status: row.user_status }, now) &&
    addMs(row.last_active_at, life.idleMs) > now &&
    addMs(row.created_at, life.absoluteMs) > now &&
    ends.every((end) => end === null || end > now)
  )
}
