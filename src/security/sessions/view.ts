import { effectiveEntitlements } from '../../accounts/index.ts'
import type { Config } from '../../config.ts'
import type { Actor, Impersonation, Where } from '../../http/actor.ts'
import { addMs } from '../../lib/clock.ts'
import type { Session } from '../contract.ts'
import { isAdministrator, isOwner, lifeOf, permissionsOf } from './life.ts'
import type { SessionRow } from './queries.ts'

const impersonationOf = (row: SessionRow): Impersonation | null =>
  row.impersonator_user_id && row.impersonation_expires_at
    ? {
        staffId: row.impersonator_user_id,
        staffName: row.impersonator_name ?? 'Staff',
        expiresAt: row.impersonation_expires_at,
        write: row.impersonation_write,
      }
    : null

/** Tells sessions apart in the application log without naming a token. */
export const shortHash = (row: SessionRow): string => row.token_hash.toString('hex').slice(0, 16)

export const toActor = (row: SessionRow, accountId: string, where: Where, exceptionOnly: boolean): Actor => ({
  kind: 'user',
  accountId,
  userId: row.user_id,
  sessionId: row.id,
  name: `${row.first_name} ${row.last_name}`,
  language: row.language,
  timeZone: row.time_zone,
  staff: row.account_kind === 'instance',
  owner: isOwner(row),
  administrator: isAdministrator(row),
  permissions: permissionsOf(row),
  accountStatus: row.account_status,
  limited: row.limited as Actor['limited'],
  startedAt: row.created_at,
  freshGeneralUntil: row.fresh_general_until,
  freshFactorsUntil: row.fresh_factors_until,
  impersonation: impersonationOf(row),
  exceptionOnly,
  entitlements: effectiveEntitlements(row.overrides),
  where: { ...where, sessionHash: shortHash(row), amr: row.amr },
})

const whose = (row: SessionRow) => ({
  id: row.user_id,
  login: row.login,
  email: row.email,
  first_name: row.first_name,
  last_name: row.last_name,
  language: row.language,
})

/** The `session` of security.md §5.1. */
export const toSession = (
  row: SessionRow,
  accountId: string,
  from: { readonly address: string | null; readonly exceptionOnly: boolean },
  config: Config,
): Session => {
  const life = lifeOf(row, config)
  const ends = addMs(row.created_at, life.absoluteMs)
  const idle = addMs(row.last_active_at, life.idleMs)
  const impersonation = impersonationOf(row)
  return {
    user: whose(row),
    account: {
      id: accountId,
      name: row.account_name,
      kind: row.account_kind === 'instance' ? 'operator' : 'tenant',
    },
    roles: row.roles.map(({ id, name }) => ({ id, name })),
    permissions: [...permissionsOf(row)],
    limited: (row.limited ?? (from.exceptionOnly ? 'break_glass' : null)) as Session['limited'],
    amr: row.amr,
    created_at: row.created_at.toISOString(),
    idle_expires_at: (idle < ends ? idle : ends).toISOString(),
    expires_at: ends.toISOString(),
    fresh: {
      general_until: row.fresh_general_until?.toISOString() ?? null,
      factors_until: row.fresh_factors_until?.toISOString() ?? null,
    },
    impersonation: impersonation && {
      staff_name: impersonation.staffName,
      expires_at: impersonation.expiresAt.toISOString(),
      write: impersonation.write,
    },
    current_address: from.address,
    mfa: mfaOf(row),
  }
}

/** What the console says about the second factor of this person. */
export const mfaOf = (row: SessionRow): Session['mfa'] => ({
  required: false,
  setting: row.mfa_setting,
  entitled: effectiveEntitlements(row.overrides)['mfa'] === true,
})
