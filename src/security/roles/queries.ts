import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Scopes } from './scopes.ts'

export type GrantRow = {
  id: string
  first_name: string
  last_name: string
  instance: boolean
  scopes: Scopes
  may_sign_in: boolean
  lasting: boolean
  roles: { id: string; name: string; built_in: string | null }[]
  role_keys: string[]
  direct: { key: string; allow: boolean }[]
}

/** Roles and direct grants of the named people, or of everybody; one statement, so that all of it is of one moment. */
export const listGrantRows = async (
  trx: Trx,
  accountId: string,
  userIds: readonly string[] | null,
): Promise<GrantRow[]> => {
  const { rows } = await sql<GrantRow>`
    select u.id, u.first_name, u.last_name, a.kind = 'instance' as instance, u.scopes,
      u.status = 'active' and u.sign_in_allowed
        and (u.valid_until is null or u.valid_until >= (app_now() at time zone 'UTC')::date) as may_sign_in,
      u.valid_until is null as lasting,
      coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'built_in', r.built_in) order by r.name)
        from user_roles ur join roles r on r.account_id = ur.account_id and r.id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '[]') as roles,
      coalesce((select array_agg(distinct p.key) from user_roles ur
        join role_permissions p on p.account_id = ur.account_id and p.role_id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}') as role_keys,
      coalesce((select jsonb_agg(jsonb_build_object('key', p.key, 'allow', p.allow)) from user_permissions p
        where p.account_id = ${accountId} and p.user_id = u.id), '[]') as direct
    from users u join accounts a on a.account_id = u.account_id
    where u.account_id = ${accountId} and u.deleted_at is null
      and (${userIds}::uuid[] is null or u.id = any (${userIds}::uuid[]))
    order by u.id`.execute(trx)
  return rows
}

/** Whoever changes rights or who may sign in waits here: the last owner is counted by one at a time. */
export const lockRights = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('built_in', '=', 'owner')
    .forUpdate()
    .execute()

const roleColumns = (accountId: string) => sql`r.id, r.name, r.built_in, r.version,
  coalesce((select array_agg(p.key) from role_permissions p
    where p.account_id = ${accountId} and p.role_id = r.id), '{}') as keys,
  (select count(*)::int from user_roles ur join users u on u.account_id = ur.account_id and u.id = ur.user_id
    where ur.account_id = ${accountId} and ur.role_id = r.id and u.deleted_at is null) as users`

export type RoleRow = {
  id: string
  name: string
  built_in: string | null
  version: number
  keys: string[]
  users: number
}

/** Own roles by their age after the built-in ones, which are as old as the account. */
export const listRoleRows = async (
  trx: Trx,
  accountId: string,
  after: string | null,
  limit: number,
): Promise<RoleRow[]> => {
  const { rows } = await sql<RoleRow>`select ${roleColumns(accountId)} from roles r
    where r.account_id = ${accountId} and (${after}::uuid is null or r.id > ${after}::uuid)
    order by r.id limit ${limit}`.execute(trx)
  return rows
}

export const findRole = async (trx: Trx, accountId: string, id: string): Promise<RoleRow | null> => {
  const { rows } = await sql<RoleRow>`select ${roleColumns(accountId)} from roles r
    where r.account_id = ${accountId} and r.id = ${id}`.execute(trx)
  return rows[0] ?? null
}

export const findRoles = async (trx: Trx, accountId: string, ids: readonly string[]): Promise<RoleRow[]> => {
  const { rows } = await sql<RoleRow>`select ${roleColumns(accountId)} from roles r
    where r.account_id = ${accountId} and r.id = any (${ids}::uuid[])`.execute(trx)
  return rows
}

export const countOwnRoles = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('roles')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('built_in', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}

export const insertBuiltInRoles = async (
  trx: Trx,
  accountId: string,
  roles: readonly { id: string; name: string; builtIn: string }[],
): Promise<void> => {
  await trx
    .insertInto('roles')
    .values(
      roles.map((role) => ({ account_id: accountId, id: role.id, name: role.name, built_in: role.builtIn })),
    )
    .onConflict((conflict) => conflict.columns(['account_id', 'built_in']).doNothing())
    .execute()
}

export const findBuiltInRole = async (
  trx: Trx,
  accountId: string,
  builtIn: string,
): Promise<string | null> => {
  const row = await trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where('built_in', '=', builtIn)
    .executeTakeFirst()
  return row?.id ?? null
}

/** Null when another role of the account has that name. */
export const insertRole = async (
  trx: Trx,
  accountId: string,
  role: { id: string; name: string },
): Promise<boolean> => {
  const made = await trx
    .insertInto('roles')
    .values({ account_id: accountId, id: role.id, name: role.name })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return made !== undefined
}

export const isRoleNameTaken = async (trx: Trx, accountId: string, name: string, exceptId: string) => {
  const row = await trx
    .selectFrom('roles')
    .select('id')
    .where('account_id', '=', accountId)
    .where(sql<boolean>`lower(name) = lower(${name}::text)`)
    .where('id', '<>', exceptId)
    .executeTakeFirst()
  return row !== undefined
}

export const updateRole = (
  trx: Trx,
  accountId: string,
  id: string,
  change: { name?: string },
  ifMatch: number | null,
) =>
  trx
    .updateTable('roles')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .$if(ifMatch !== null, (query) => query.where('version', '=', ifMatch ?? 0))
    .returning('id')
    .executeTakeFirst()

export const replaceRoleKeys = async (
  trx: Trx,
  accountId: string,
  roleId: string,
  keys: readonly string[],
): Promise<void> => {
  await trx
    .deleteFrom('role_permissions')
    .where('account_id', '=', accountId)
    .where('role_id', '=', roleId)
    .execute()
  if (keys.length === 0) return
  await trx
    .insertInto('role_permissions')
    .values(keys.map((key) => ({ account_id: accountId, role_id: roleId, key })))
    .execute()
}

export const deleteRoleRow = (trx: Trx, accountId: string, id: string) =>
  trx.deleteFrom('roles').where('account_id', '=', accountId).where('id', '=', id).execute()

export const listHolders = async (trx: Trx, accountId: string, roleId: string): Promise<string[]> => {
  const rows = await trx
    .selectFrom('user_roles')
    .innerJoin('users', (join) =>
      join
        .onRef('users.account_id', '=', 'user_roles.account_id')
        .onRef('users.id', '=', 'user_roles.user_id'),
    )
    .select('user_roles.user_id')
    .where('user_roles.account_id', '=', accountId)
    .where('user_roles.role_id', '=', roleId)
    .where('users.deleted_at', 'is', null)
    .execute()
  return rows.map((row) => row.user_id)
}

/** Ids of the built-in roles by their key. */
export const listBuiltInRoles = async (trx: Trx, accountId: string): Promise<Record<string, string>> => {
  const rows = await trx
    .selectFrom('roles')
    .select(['id', 'built_in'])
    .where('account_id', '=', accountId)
    .where('built_in', 'is not', null)
    .execute()
  return Object.fromEntries(rows.map((row) => [row.built_in ?? '', row.id]))
}
