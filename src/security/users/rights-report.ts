import { inAccount } from '../../db/pool.ts'
import { type PermissionKey, permissionKeys } from '../../http/permissions/contract.ts'
import { isPermissionKey, withViews } from '../roles/effective.ts'
import { findRoles } from '../roles/queries.ts'
import { keysOfRole } from '../roles/role.ts'
import { type ScopeArea, scopeAreas } from '../roles/scopes.ts'
import { getUserView, type UserWork } from './work.ts'

const scopeOf = (key: PermissionKey): ScopeArea | null =>
  scopeAreas.find((area) => key.startsWith(`${area}.`)) ?? null

/** Every right of a person with where it comes from; denied ones are listed as such. */
export const reportRights = (work: UserWork, id: string) =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const view = await getUserView(trx, accountId, id)
    const roles = await findRoles(
      trx,
      accountId,
      view.roles.map((role) => role.id),
    )
    const given = [
      ...roles.map((role) => ({
        source: { type: 'role' as const, id: role.id, name: role.name },
        keys: keysOfRole(role),
      })),
      {
        source: { type: 'direct' as const, id: null, name: null },
        keys: withViews(view.allow.filter(isPermissionKey)),
      },
    ]
    const told = permissionKeys.flatMap((key) => {
      const sources = given.filter((one) => one.keys.has(key)).map((one) => one.source)
      const denied = view.deny.includes(key)
      const area = scopeOf(key)
      const scope = area === null ? null : [...(view.scopes[area] ?? [])]
      return sources.length === 0 && !denied
        ? []
        : [{ key, sources, denied, scope: area === null || view.scopes[area] === undefined ? null : scope }]
    })
    return { data: told, next_cursor: null, has_more: false }
  })
