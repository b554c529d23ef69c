import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** Two changes of one person's address or number wait for each other. */
export const lockUser = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()

export const isEmailTaken = async (trx: Trx, accountId: string, email: string, exceptId: string) => {
  const row = await trx
    .selectFrom('users')
    .select('id')
    .where('account_id', '=', accountId)
    .where(sql<boolean>`lower(email) = lower(${email}::text)`)
    .where('id', '<>', exceptId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

export const findByEmail = (trx: Trx, accountId: string, email: string) =>
  trx
    .selectFrom('users')
    .select(['id', 'email', 'language', 'time_zone'])
    .where('account_id', '=', accountId)
    .where(sql<boolean>`lower(email) = lower(${email}::text)`)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

export const setEmail = (
  trx: Trx,
  accountId: string,
  userId: string,
  changed: { email: string; login: string },
) =>
  trx
    .updateTable('users')
    .set({
      email: changed.email,
      login: changed.login,
      email_verified_at: sql<Date>`app_now()`,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

export const setPhone = (trx: Trx, accountId: string, userId: string, phone: string | null) =>
  trx
    .updateTable('users')
    .set({
      phone,
      phone_verified_at: phone === null ? null : sql<Date>`app_now()`,
      updated_at: sql<Date>`app_now()`,
      version: sql<number>`version + 1`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()
