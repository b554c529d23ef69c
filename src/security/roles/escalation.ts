import { AppError, conflict } from '../../http/errors.ts'
import type { PermissionKey } from '../../http/permissions/contract.ts'
import type { Rights } from './grants.ts'
import { type ScopeArea, type Scopes, scopeAreas } from './scopes.ts'

export const escalationRefused = (members: Record<string, unknown> = {}): AppError =>
  new AppError('escalation_refused', 403, '', members)

const areaOf = (key: PermissionKey): ScopeArea | null =>
  scopeAreas.find((area) => key.startsWith(`${area}.`)) ?? null

/** Whether `inner` reaches nothing that `outer` does not; a missing list reaches everything. */
const isWithin = (inner: readonly string[] | undefined, outer: readonly string[] | undefined): boolean =>
  outer === undefined || (inner?.every((id) => outer.includes(id)) ?? false)

/** Keys that `after` has and `before` had not, or had for fewer objects. */
export const gainsOf = (
  before: Pick<Rights, 'permissions' | 'scopes'>,
  after: Pick<Rights, 'permissions' | 'scopes'>,
): readonly PermissionKey[] =>
  [...after.permissions].filter((key) => {
    const area = areaOf(key)
    const widened = area !== null && !isWithin(after.scopes[area], before.scopes[area])
    return !before.permissions.has(key) || widened
  })

/**
 * Nobody grants what he does not hold, nor for objects he may not reach (security.md §4.4).
 * @throws AppError 403 `escalation_refused` naming the key.
 */
export const checkGrantable = (
  actor: Pick<Rights, 'permissions' | 'scopes'>,
  keys: Iterable<PermissionKey>,
  scopes: Scopes = {},
): void => {
  for (const key of keys) {
    const area = areaOf(key)
    const reaches = area === null || isWithin(scopes[area], actor.scopes[area])
    if (!actor.permissions.has(key) || !reaches) throw escalationRefused({ permission: key })
  }
}

/**
 * Who may change rights acts only on people whose rights he has himself, and only an owner on owners: otherwise disabling,
 * renaming or moving the number of somebody above oneself would be a way up.
 * @throws AppError 403 `escalation_refused`.
 */
export const checkAbove = (actor: Rights, target: Rights): void => {
  if (target.userId === actor.userId) return
  if (target.owner && !actor.owner) throw escalationRefused()
  if (target.administrator && [...target.permissions].some((key) => !actor.permissions.has(key)))
    throw escalationRefused()
}

/**
 * Of the owners of an account one always stays who can sign in and whose time does not end by itself.
 * @throws AppError 409 `last_owner`.
 */
export const checkLastOwner = (before: readonly Rights[], after: readonly Rights[]): void => {
  const lasting = (all: readonly Rights[]) => all.some((one) => one.owner && one.maySignIn && one.lasting)
  if (lasting(before) && !lasting(after)) throw conflict('last_owner')
}
