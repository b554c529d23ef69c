import { addMs, minutesMs } from '../lib/clock.ts'
import type { Actor } from './actor.ts'
import type { RouteContract } from './contract.ts'
import { AppError } from './errors.ts'
import { mayCallLimited } from './limited.ts'
import { isKeyScope, isOperatorKey, isSecurityKey } from './permissions/contract.ts'

const writes = (contract: RouteContract): boolean => contract.method !== 'GET'

const checkAccountState = (actor: Actor, contract: RouteContract): void => {
  const changes = writes(contract) && !contract.whileSuspended
  if (actor.accountStatus === 'pending' && !contract.whileSuspended && contract.path !== '/session')
    throw new AppError('account_pending', 403)
  if (actor.accountStatus === 'suspended' && changes) throw new AppError('account_suspended', 403)
  if (actor.accountStatus === 'closed' && (changes || actor.kind === 'api_key'))
    throw new AppError('account_closed', 403)
}

const checkLimit = (actor: Actor, contract: RouteContract): void => {
  const limited = actor.limited ?? (actor.exceptionOnly ? 'break_glass' : null)
  if (limited && !mayCallLimited(limited, contract))
    throw new AppError('session_limited', 403, '', { limited })
}

/** Staff acting in a customer's account look, they do not touch; locks and own data are none of theirs (security.md §4.5). */
const checkImpersonation = (actor: Actor, contract: RouteContract): void => {
  const { impersonation } = actor
  if (!impersonation || contract.path === '/operator/impersonation' || contract.path === '/sign-out') return
  if (writes(contract) && !impersonation.write) throw new AppError('read_only', 403)
  const key = contract.access
  const own =
    key === 'session' && (contract.path.startsWith('/me/') || (contract.path === '/me' && writes(contract)))
  if (own || (key !== 'public' && key !== 'session' && isSecurityKey(key)))
    throw new AppError('permission_denied', 403, '', own ? {} : { permission: key })
}

const checkPermission = (actor: Actor, contract: RouteContract): void => {
  const key = contract.access
  if (key === 'public') return
  const open = key === 'session' ? contract.orKey : isKeyScope(key) && !contract.panelOnly
  if (actor.kind === 'api_key' && !open) throw new AppError('panel_only', 403)
  if (key === 'session') return
  if (contract.orStaff && actor.staff) return
  if (isOperatorKey(key) === actor.staff && actor.permissions.has(key)) return
  const code = actor.kind === 'api_key' ? 'scope_missing' : 'permission_denied'
  throw new AppError(code, 403, '', { permission: key })
}

const checkEntitlement = (actor: Actor, contract: RouteContract): void => {
  const key = contract.entitlement
  if (!key || actor.entitlements[key]) return
  if (key === 'mfa') throw new AppError('mfa_not_entitled', 403)
  throw new AppError('feature_disabled', 403, '', { entitlement: key })
}

/**
 * For what only some bodies of a route ask for, such as setting a secret.
 * @throws AppError 403 `step_up_required`; `panel_only` for a key, which cannot confirm who it is.
 */
export const requireFresh = (actor: Actor, purpose: 'general' | 'factors', now: Date): void => {
  if (actor.kind === 'api_key') throw new AppError('panel_only', 403)
  const fits =
    purpose === 'factors' ? [actor.freshFactorsUntil] : [actor.freshGeneralUntil, actor.freshFactorsUntil]
  if (!fits.some((until) => until !== null && until > now))
    throw new AppError('step_up_required', 403, '', { purpose })
}

const recoveryMs = minutesMs(30)
/** Who came back by a recovery code has nothing left to confirm with; adding a factor is why the code exists. */
const isJustRecovered = (actor: Actor, now: Date): boolean =>
  actor.limited === 'recovery' && actor.startedAt !== undefined && addMs(actor.startedAt, recoveryMs) > now

/**
 * Rows 3 to 6 of the order of checks (account.md §1): account state, limit of the session, permission, entitlement,
 * step-up. Permission is judged before any object is looked up, so a refusal tells nothing about what exists.
 */
export const authorize = (actor: Actor, contract: RouteContract, now: Date): void => {
  checkAccountState(actor, contract)
  checkLimit(actor, contract)
  checkImpersonation(actor, contract)
  checkPermission(actor, contract)
  checkEntitlement(actor, contract)
  if (contract.stepUp && !(contract.recoveryMayAdd && isJustRecovered(actor, now)))
    requireFresh(actor, contract.stepUp, now)
}
