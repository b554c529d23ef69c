import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

export const findUser = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('users')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUser>>>

export type NewUser = {
  id: string
  login: string
  email: string
  firstName: string
  lastName: string
  language: 'en' | 'pl' | 'de'
  passwordSealed: Buffer | null
  passwordGe15: boolean
  status: 'invited' | 'active' | 'disabled'
}

export const insertUser = (trx: Trx, accountId: string, user: NewUser) =>
  trx
    .insertInto('users')
    .values({
      account_id: accountId,
      id: user.id,
      login: user.login,
      email: user.email,
      email_verified_at: sql<Date>`app_now()`,
      first_name: user.firstName,
      last_name: user.lastName,
      language: user.language,
      status: user.status,
      password_sealed: user.passwordSealed,
      password_ge15: user.passwordGe15,
      activated_at: sql<Date>`app_now()`,
    })
    .execute()

export const assignRole = (trx: Trx, accountId: string, userId: string, roleId: string) =>
  trx.insertInto('user_roles').values({ account_id: accountId, user_id: userId, role_id: roleId }).execute()

export const recordSignIn = (trx: Trx, accountId: string, userId: string, at: Date, address: string | null) =>
  trx
    .updateTable('users')
    .set({ last_sign_in_at: at, last_address: address })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()

export type ProfileChange = Partial<{
  first_name: string
  last_name: string
  language: 'en' | 'pl' | 'de'
  time_zone: string
  theme: 'light' | 'dark' | 'auto'
}>

export const updateProfile = (trx: Trx, accountId: string, userId: string, change: ProfileChange) =>
  trx
    .updateTable('users')
    .set({ ...change, updated_at: sql<Date>`app_now()`, version: sql<number>`version + 1` })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .returningAll()
    .executeTakeFirst()

/** Sets the password and raises the epoch: every session that is not renewed with it ends. */
export const updatePassword = async (
  trx: Trx,
  accountId: string,
  userId: string,
  password: { sealed: Buffer; ge15: boolean },
): Promise<number> => {
  const row = await trx
    .updateTable('users')
    .set({
      password_sealed: password.sealed,
      password_ge15: password.ge15,
      security_epoch: sql<number>`security_epoch + 1`,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .returning('security_epoch')
    .executeTakeFirstOrThrow()
  return row.security_epoch
}

export const lockAccount = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()

export const staffExists = async (trx: Trx): Promise<boolean> => {
  const { rows } = await sql<{ exists: boolean }>`select lookup_staff_exists() as exists`.execute(trx)
  return rows[0]?.exists ?? false
}

export const replaceLinkToken = async (
  trx: Trx,
  accountId: string,
  link: { purpose: string; hash: Buffer; expiresAt: Date },
): Promise<void> => {
  await trx
    .deleteFrom('link_tokens')
    .where('account_id', '=', accountId)
    .where('purpose', '=', link.purpose)
    .execute()
  await trx
    .insertInto('link_tokens')
    .values({
      account_id: accountId,
      token_hash: link.hash,
      purpose: link.purpose,
      expires_at: link.expiresAt,
    })
    .execute()
}

export const findLinkToken = (trx: Trx, accountId: string, purpose: string, hash: Buffer) =>
  trx
    .selectFrom('link_tokens')
    .select('token_hash')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .where('token_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .executeTakeFirst()

export const deleteLinkTokens = (trx: Trx, accountId: string, purpose: string) =>
  trx.deleteFrom('link_tokens').where('account_id', '=', accountId).where('purpose', '=', purpose).execute()

export const setSeededPhone = (
  trx: Trx,
  accountId: string,
  userId: string,
  phone: string,
  provenAt: Date | null,
) =>
  trx
    .updateTable('users')
    .set({ phone, phone_verified_at: provenAt })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()
