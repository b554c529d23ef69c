import { byActor, record } from '../../audit/index.ts'
import { inAccount, type Trx } from '../../db/pool.ts'
import type { Actor } from '../../http/actor.ts'
import type { Deps } from '../../http/deps.ts'
import { AppError, conflict, notFound, unprocessable, versionConflict } from '../../http/errors.ts'
import { isOperatorKey, type PermissionKey } from '../../http/permissions/contract.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { keysOfBuiltIn } from './built-in.ts'
import type { Role } from './contract.ts'
import { isPermissionKey, withViews } from './effective.ts'
import { checkGrantable, escalationRefused } from './escalation.ts'
import { findRights, listRights, type Rights } from './grants.ts'
import {
  countOwnRoles,
  deleteRoleRow,
  findRole,
  insertRole,
  isRoleNameTaken,
  lockRights,
  type RoleRow,
  replaceRoleKeys,
  updateRole,
} from './queries.ts'
import { endSessionsOfRaised } from './raise.ts'

const rolesMax = 100

/** Keys of a built-in role stand in code, those of an own role in rows; `view` is implied in both. */
export const keysOfRole = (row: Pick<RoleRow, 'built_in' | 'keys'>): ReadonlySet<PermissionKey> =>
  withViews(row.built_in ? keysOfBuiltIn(row.built_in) : row.keys.filter(isPermissionKey))

export const toRole = (row: RoleRow): Role => ({
  id: row.id,
  name: row.name,
  built_in: row.built_in !== null,
  key: row.built_in,
  permissions: [...keysOfRole(row)].toSorted(),
  users: row.users,
  version: row.version,
})

/** @throws AppError 422 `unknown_permission`: not in the tree, or staff's. */
export const readKeys = (texts: readonly string[]): ReadonlySet<PermissionKey> => {
  const keys = texts.map((text) => {
    if (!isPermissionKey(text) || isOperatorKey(text))
      throw unprocessable('unknown_permission', '', { permission: text })
    return text
  })
  return withViews(keys)
}

export const rightsOfActor = async (trx: Trx, actor: Actor): Promise<Rights> => {
  const rights = await findRights(trx, actor.accountId, actor.userId)
  if (!rights) throw new AppError('unauthenticated', 401)
  return rights
}

const getRoleRow = async (trx: Trx, accountId: string, id: string): Promise<RoleRow> => {
  const row = await findRole(trx, accountId, id)
  if (!row) throw notFound()
  return row
}

export const readRole = (deps: Deps, actor: Actor, id: string): Promise<Role> =>
  inAccount(deps.db, actor.accountId, async (trx) => toRole(await getRoleRow(trx, actor.accountId, id)))

type Given = { readonly name: string; readonly permissions: readonly string[] }

/** @throws AppError 403 `escalation_refused`, `limit_reached`, 409 `name_taken`, 422 `unknown_permission`. */
export const addRole = (deps: Deps, actor: Actor, given: Given): Promise<Role> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    await lockRights(trx, accountId)
    const keys = readKeys(given.permissions)
    const mine = await rightsOfActor(trx, actor)
    checkGrantable(mine, keys, mine.scopes)
    const used = await countOwnRoles(trx, accountId)
    if (used >= rolesMax)
      throw new AppError('limit_reached', 403, '', { limit_key: 'roles', limit: rolesMax, used })
    const id = uuidV7(deps.clock.now())
    if (!(await insertRole(trx, accountId, { id, name: given.name }))) throw conflict('name_taken')
    await replaceRoleKeys(trx, accountId, id, [...keys])
    const role = toRole(await getRoleRow(trx, accountId, id))
    await record(trx, deps, byActor(actor), {
      action: 'role.created',
      object: { type: 'role', id },
      diff: { before: null, after: { name: role.name, permissions: role.permissions } },
    })
    return role
  })

/** The people whose rights a change of the role widens sign in anew. */
const raiseHolders = async (
  trx: Trx,
  deps: Deps,
  actor: Actor,
  before: readonly Rights[],
  roleId: string,
) => {
  const after = new Map((await listRights(trx, actor.accountId)).map((one) => [one.userId, one]))
  for (const one of before.filter((rights) => rights.roleIds.includes(roleId))) {
    const now = after.get(one.userId)
    if (now) await endSessionsOfRaised(trx, deps, actor, one, now)
  }
}

const checkEditable = (row: RoleRow, mine: Rights): void => {
  if (row.built_in) throw new AppError('built_in', 403)
  if (mine.roleIds.includes(row.id)) throw escalationRefused()
}

/** @throws AppError 403 `built_in`, `escalation_refused`, 409 `name_taken`, 412, 422 `unknown_permission`. */
export const editRole = (
  deps: Deps,
  actor: Actor,
  id: string,
  given: { readonly name?: string; readonly permissions?: readonly string[] },
  ifMatch: number | null,
): Promise<Role> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    await lockRights(trx, accountId)
    const row = await getRoleRow(trx, accountId, id)
    if (ifMatch !== null && ifMatch !== row.version) throw versionConflict()
    const mine = await rightsOfActor(trx, actor)
    checkEditable(row, mine)
    const held = keysOfRole(row)
    const keys = given.permissions === undefined ? held : readKeys(given.permissions)
    checkGrantable(
      mine,
      [...keys].filter((key) => !held.has(key)),
      mine.scopes,
    )
    if (given.name !== undefined && (await isRoleNameTaken(trx, accountId, given.name, id)))
      throw conflict('name_taken')
    const before = await listRights(trx, accountId)
    await updateRole(trx, accountId, id, given.name === undefined ? {} : { name: given.name }, ifMatch)
    await replaceRoleKeys(trx, accountId, id, [...keys])
    await raiseHolders(trx, deps, actor, before, id)
    const role = toRole(await getRoleRow(trx, accountId, id))
    await record(trx, deps, byActor(actor), {
      action: 'role.changed',
      object: { type: 'role', id },
      diff: {
        before: { name: row.name, permissions: [...held].toSorted() },
        after: { name: role.name, permissions: role.permissions },
      },
    })
    return role
  })

/** @throws AppError 403 `built_in`, 409 `role_in_use`. */
export const removeRole = (deps: Deps, actor: Actor, id: string): Promise<void> =>
  inAccount(deps.db, actor.accountId, async (trx) => {
    const { accountId } = actor
    await lockRights(trx, accountId)
    const row = await getRoleRow(trx, accountId, id)
    if (row.built_in) throw new AppError('built_in', 403)
    if (row.users > 0) throw conflict('role_in_use', '', { users: row.users })
    await deleteRoleRow(trx, accountId, id)
    await record(trx, deps, byActor(actor), {
      action: 'role.deleted',
      object: { type: 'role', id },
      diff: { before: { name: row.name, permissions: [...keysOfRole(row)].toSorted() }, after: null },
    })
  })
