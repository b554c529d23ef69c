import type { Config } from '../../config.ts'
import { isSecurityKey, type PermissionKey } from '../../http/permissions/contract.ts'
import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import { effectivePermissions, isAdministrator as holdsAdministration } from '../roles/effective.ts'
import type { SessionRow } from './queries.ts'

const builtInsOf = (row: SessionRow): readonly string[] => row.roles.flatMap((role) => role.built_in ?? [])

export const isOwner = (row: SessionRow): boolean => builtInsOf(row).includes('owner')

const rightsOf = (row: SessionRow): ReadonlySet<PermissionKey> =>
  effectivePermissions({
    instance: row.account_kind === 'instance',
    builtIns: builtInsOf(row),
    roleKeys: row.role_keys,
    allow: row.direct.filter((one) => one.allow).map((one) => one.key),
    deny: row.direct.filter((one) => !one.allow).map((one) => one.key),
  })

/** What the person may do; of that, staff who look in his place get nothing that has to do with locks and people. */
export const permissionsOf = (row: SessionRow): ReadonlySet<PermissionKey> => {
  const held = rightsOf(row)
  return row.impersonator_user_id === null ? held : new Set([...held].filter((key) => !isSecurityKey(key)))
}

export const isAdministrator = (row: SessionRow): boolean =>
  holdsAdministration(permissionsOf(row), builtInsOf(row))

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
