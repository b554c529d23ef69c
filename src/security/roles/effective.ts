import { isOperatorKey, type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'
import { keysOfBuiltIn } from './built-in.ts'

/** What the tables say about one person's rights. */
export type Grants = {
  /** Staff of the operator: their rights stand in direct grants alone, none given = all operator keys. */
  readonly instance: boolean
  readonly builtIns: readonly string[]
  /** Keys of own roles. */
  readonly roleKeys: readonly string[]
  readonly allow: readonly string[]
  readonly deny: readonly string[]
}

const known: ReadonlySet<string> = new Set(permissionKeys)
export const isPermissionKey = (key: string): key is PermissionKey => known.has(key)

/** `view` is implied by any other leaf of its node (account.md §5). */
export const withViews = (keys: Iterable<PermissionKey>): ReadonlySet<PermissionKey> => {
  const all = new Set(keys)
  for (const key of [...all]) {
    const view = `${key.slice(0, key.lastIndexOf('.'))}.view`
    if (isPermissionKey(view)) all.add(view)
  }
  return all
}

/** Effective = (union of the roles ∪ direct allow) − direct deny; deny beats everything. */
export const effectivePermissions = (grants: Grants): ReadonlySet<PermissionKey> => {
  const given = [...grants.builtIns.flatMap(keysOfBuiltIn), ...grants.roleKeys, ...grants.allow]
  const operator = permissionKeys.filter(isOperatorKey)
  const own = grants.instance && grants.allow.length === 0 ? operator : given
  const held = withViews(own.filter(isPermissionKey).filter((key) => isOperatorKey(key) === grants.instance))
  const denied = new Set(grants.deny)
  return new Set(permissionKeys.filter((key) => held.has(key) && !denied.has(key)))
}

/** Who holds one of these may change what others may do. */
export const administratorKeys: readonly PermissionKey[] = [
  'account.users.manage',
  'account.roles.manage',
  'account.security.manage',
]

export const isAdministrator = (held: ReadonlySet<PermissionKey>, builtIns: readonly string[]): boolean =>
  builtIns.includes('owner') || administratorKeys.some((key) => held.has(key))
