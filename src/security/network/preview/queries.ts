import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'

export type Person = { id: string; name: string; last_address: string | null; role_ids: string[] }

/** People who may sign in, with the address they last used. */
export const listPeople = async (trx: Trx, accountId: string): Promise<readonly Person[]> => {
  const { rows } = await sql<Person>`
    select u.id, u.first_name || ' ' || u.last_name as name, u.last_address,
      coalesce((select array_agg(ur.role_id) from user_roles ur
        where ur.account_id = ${accountId} and ur.user_id = u.id), '{}') as role_ids
    from users u
    where u.account_id = ${accountId} and u.deleted_at is null and u.status = 'active' and u.sign_in_allowed
    order by name, u.id`.execute(trx)
  return rows
}

export const listUsedKeys = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ id: string; name: string; last_address: string }>`
    select id, name, last_address from api_keys
    where account_id = ${accountId} and revoked_at is null and expires_at > app_now() and last_address is not null
    order by name, id`.execute(trx)
  return rows
}

export const hasException = async (trx: Trx, accountId: string, userId: string, address: string) => {
  const found = await trx
    .selectFrom('ip_exceptions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('address', '=', address)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()
  return found !== undefined
}

export const noteSignInAddress = (trx: Trx, accountId: string, userId: string, address: string) =>
  sql`insert into ip_sign_ins as s (account_id, address, user_id, day)
    values (${accountId}, ${address}, ${userId}, (app_now() at time zone 'UTC')::date)
    on conflict (account_id, address, user_id, day) do update set hits = s.hits + 1`.execute(trx)

/** Neither sign-ins nor would-be denials are kept for longer than the page looks back. */
export const dropOldTraces = async (trx: Trx, accountId: string): Promise<void> => {
  await sql`delete from ip_sign_ins where account_id = ${accountId}
    and day < (app_now() at time zone 'UTC')::date - 30`.execute(trx)
  await sql`delete from ip_reports where account_id = ${accountId}
    and last_at < app_now() - interval '90 days'`.execute(trx)
}

export type Denial = {
  address: string
  scope: 'panel' | 'api' | 'smtp'
  user_id: string
  hits: number
  first_at: Date
  last_at: Date
}

export const listDenials = async (trx: Trx, accountId: string): Promise<readonly Denial[]> => {
  const { rows } = await sql<Denial>`
    select address, scope, user_id, hits, first_at, last_at from ip_reports
    where account_id = ${accountId} order by last_at desc limit 1000`.execute(trx)
  return rows
}

export const listSignInAddresses = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ address: string; user_id: string; hits: number }>`
    select address, user_id, sum(hits)::int as hits from ip_sign_ins
    where account_id = ${accountId} and day > (app_now() at time zone 'UTC')::date - 30
    group by address, user_id order by hits desc limit 2000`.execute(trx)
  return rows
}
