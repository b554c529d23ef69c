import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export type AccountFilter = { readonly q?: string; readonly status?: string }

/** Newest first; which accounts exist is known to one definer function alone, what is in them to nobody but themselves. */
export const listCustomerIds = async (
  db: Db,
  filter: AccountFilter,
  after: string | null,
  limit: number,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`
    select lookup_accounts(${filter.q ?? null}, ${filter.status ?? null}, ${after}::uuid, ${limit}) as id`.execute(
    db,
  )
  return rows.map((row) => row.id)
}

/** Every customer's account there is; for work that no account may be left out of. */
export const listAccountIds = async (db: Db): Promise<readonly string[]> => {
  const most = 2_147_483_647
  return listCustomerIds(db, {}, null, most)
}

export const findCustomer = (trx: Trx, accountId: string, lock: 'read' | 'change') =>
  trx
    .selectFrom('accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('kind', '=', 'customer')
    .$if(lock === 'change', (query) => query.forUpdate())
    .executeTakeFirst()

export const countUsers = async (trx: Trx, accountId: string): Promise<number> => {
  const row = await trx
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', accountId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  return row.n
}

export type CustomerChange = Partial<{
  name: string
  status: string
  status_before: string | null
  status_reason: string | null
  closed_at: Date | null
  erase_after: Date | null
  valid_until: string | null
  default_language: string
  time_zone: string
  country: string
  currency: string
  contact_email: string | null
  agent_email: string | null
  description: string | null
  hint: string | null
}>

export const updateCustomer = (trx: Trx, accountId: string, change: CustomerChange) =>
  trx
    .updateTable('accounts')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .returningAll()
    .executeTakeFirstOrThrow()

/** Names of accounts are compared one at a time, so that two of one name are never made together. */
export const lockAccountNames = (trx: Trx) =>
  sql`select pg_advisory_xact_lock(hashtext('campanile.account-names'))`.execute(trx)

export const findAccountNamed = async (trx: Trx, name: string, parentId: string | null) => {
  const { rows } = await sql<{ id: string }>`
    select lookup_account_name(${name}, ${parentId}::uuid) as id`.execute(trx)
  return rows.map((row) => row.id)
}

export const listCustomerUsers = (
  trx: Trx,
  accountId: string,
  q: string | undefined,
  after: string | null,
  limit: number,
) => {
  const words = q === undefined ? null : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  return trx
    .selectFrom('users as u')
    .select(['u.id', 'u.login', 'u.email', 'u.first_name', 'u.last_name', 'u.status'])
    .select(['u.sign_in_allowed', 'u.last_sign_in_at', 'u.last_address'])
    .select(
      sql<number>`(select count(*)::int from mfa_factors f
        where f.account_id = ${accountId} and f.user_id = u.id and f.confirmed_at is not null)`.as('factors'),
    )
    .select(
      sql<string[]>`coalesce((select array_agg(r.name order by r.name) from user_roles ur
        join roles r on r.account_id = ur.account_id and r.id = ur.role_id
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}')`.as('roles'),
    )
    .where('u.account_id', '=', accountId)
    .where('u.deleted_at', 'is', null)
    .$if(after !== null, (query) => query.where('u.id', '<', after ?? ''))
    .$if(words !== null, (query) =>
      query.where(
        sql<boolean>`lower(u.first_name || ' ' || u.last_name || ' ' || u.login || ' ' || u.email) like lower(${words}::text)`,
      ),
    )
    .orderBy('u.id', 'desc')
    .limit(limit)
    .execute()
}
