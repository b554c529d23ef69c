import type { Actor } from './actor.ts'
import type { RouteContract } from './contract.ts'
import { AppError } from './errors.ts'
import { isOperatorKey } from './permissions/contract.ts'

const checkAccountState = (actor: Actor, contract: RouteContract): void => {
  const writes = contract.method !== 'GET' && !contract.whileSuspended
  if (actor.accountStatus === 'pending') throw new AppError('account_pending', 403)
  if (actor.accountStatus === 'suspended' && writes) throw new AppError('account_suspended', 403)
  if (actor.accountStatus === 'closed' && writes) throw new AppError('account_closed', 403)
}

const checkPermission = (actor: Actor, contract: RouteContract): void => {
  const key = contract.access
  if (key === 'public' || key === 'session') return
  if (contract.orStaff && actor.staff) return
  if (isOperatorKey(key) === actor.staff && actor.permissions.has(key)) return
  throw new AppError('permission_denied', 403, '', { permission: key })
}

const checkEntitlement = (actor: Actor, contract: RouteContract): void => {
  const key = contract.entitlement
  if (key && !actor.entitlements[key]) throw new AppError('feature_disabled', 403, '', { entitlement: key })
}

/**
 * For what only some bodies of a route ask for, such as setting a secret.
 * @throws AppError 403 `step_up_required`.
 */
export const requireFresh = (actor: Actor, purpose: 'general' | 'factors', now: Date): void => {
  const fits =
    purpose === 'factors' ? [actor.freshFactorsUntil] : [actor.freshGeneralUntil, actor.freshFactorsUntil]
  if (!fits.some((until) => until !== null && until > now))
    throw new AppError('step_up_required', 403, '', { purpose })
}

/**
 * Rows 3 to 6 of the order of checks (account.md §1): account state, permission, entitlement, step-up.
 * Permission is judged before any object is looked up, so a refusal tells nothing about what exists.
 */
export const authorize = (actor: Actor, contract: RouteContract, now: Date): void => {
  checkAccountState(actor, contract)
  checkPermission(actor, contract)
  checkEntitlement(actor, contract)
  if (contract.stepUp) requireFresh(actor, contract.stepUp, now)
}
