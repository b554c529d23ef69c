import { inAccount } from '../../db/pool.ts'
import { readIdPosition } from '../../http/id-page.ts'
import { pageLimit, toPage } from '../../http/page.ts'
import { isOperatorKey, permissionKeys } from '../../http/permissions/contract.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { changeRole, createRole, deleteRole, getRole, listPermissions, listRoles } from './contract.ts'
import { labelOf } from './permission-labels.ts'
import { listRoleRows } from './queries.ts'
import { addRole, editRole, readRole, removeRole, toRole } from './role.ts'

export const roleRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listPermissions, async ({ actor }) => {
    const keys = permissionKeys.filter((key) => isOperatorKey(key) === actor.staff)
    const told = keys.map((key) => ({
      key,
      ...labelOf(key, actor.language),
      grantable: actor.permissions.has(key),
    }))
    return { data: told, next_cursor: null, has_more: false }
  })

  serve(scope, listRoles, async ({ actor, query, now }) => {
    const limit = pageLimit(query)
    const after = readIdPosition(query, 'roles', now)
    const rows = await inAccount(deps.db, actor.accountId, (trx) =>
      listRoleRows(trx, actor.accountId, after, limit + 1),
    )
    return toPage(rows, { limit, filter: 'roles', now, present: toRole, position: (row) => [row.id] })
  })

  serve(scope, getRole, ({ actor, params }) => readRole(deps, actor, params.id))
  serve(scope, createRole, ({ actor, body }) => addRole(deps, actor, body))
  serve(scope, changeRole, ({ actor, params, body, ifMatch }) =>
    editRole(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, deleteRole, async ({ actor, params }) => {
    await removeRole(deps, actor, params.id)
    return null
  })
}
