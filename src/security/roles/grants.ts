import type { Trx } from '../../db/pool.ts'
import type { PermissionKey } from '../../http/permissions/contract.ts'
import { effectivePermissions, isAdministrator } from './effective.ts'
import { type GrantRow, listGrantRows } from './queries.ts'
import type { Scopes } from './scopes.ts'

/** One person's rights at this moment, as sessions, keys and escalation rules judge them. */
export type Rights = {
  readonly userId: string
  readonly name: string
  readonly roleIds: readonly string[]
  readonly owner: boolean
  readonly administrator: boolean
  readonly permissions: ReadonlySet<PermissionKey>
  readonly scopes: Scopes
  /** False for the invited, the disabled and those whose time is over. */
  readonly maySignIn: boolean
  /** No day is set on which the access ends by itself. */
  readonly lasting: boolean
}

const toRights = (row: GrantRow): Rights => {
  const builtIns = row.roles.flatMap((role) => role.built_in ?? [])
  const permissions = effectivePermissions({
    instance: row.instance,
    builtIns,
    roleKeys: row.role_keys,
    allow: row.direct.filter((one) => one.allow).map((one) => one.key),
    deny: row.direct.filter((one) => !one.allow).map((one) => one.key),
  })
  return {
    userId: row.id,
    name: `${row.first_name} ${row.last_name}`,
    roleIds: row.roles.map((role) => role.id),
    owner: builtIns.includes('owner'),
    administrator: isAdministrator(permissions, builtIns),
    permissions,
    scopes: row.scopes,
    maySignIn: row.may_sign_in,
    lasting: row.lasting,
  }
}

/** The rights of one person who was not deleted; null when there is none. */
export const findRights = async (trx: Trx, accountId: string, userId: string): Promise<Rights | null> => {
  const [row] = await listGrantRows(trx, accountId, [userId])
  return row ? toRights(row) : null
}

/** The rights of everybody in the account who was not deleted. */
export const listRights = async (trx: Trx, accountId: string): Promise<readonly Rights[]> =>
  (await listGrantRows(trx, accountId, null)).map(toRights)

/** Who can sign in and may change what others may do: owner, or a right over users, roles or security. */
export const administratorsOf = async (trx: Trx, accountId: string): Promise<readonly Rights[]> =>
  (await listRights(trx, accountId)).filter((one) => one.administrator && one.maySignIn)
