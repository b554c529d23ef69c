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
