import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'

export type Exception = {
  readonly id: string
  readonly userId: string
  readonly address: string
  readonly origin: 'break_glass' | 'operator' | 'cli'
  readonly ticket: string | null
  readonly reason: string | null
  readonly approvedBy: readonly string[]
  readonly expiresAt: Date
}

export const insertException = (trx: Trx, accountId: string, one: Exception) =>
  trx
    .insertInto('ip_exceptions')
    .values({
      account_id: accountId,
      id: one.id,
      user_id: one.userId,
      address: one.address,
      origin: one.origin,
      ticket: one.ticket,
      reason: one.reason,
      approved_by: [...one.approvedBy],
      expires_at: one.expiresAt,
    })
    .execute()

export const listLiveExceptions = (trx: Trx, accountId: string) =>
  trx
    .selectFrom('ip_exceptions')
    .select(['user_id', 'address', 'expires_at'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', sql<Date>`app_now()`)
    .orderBy('expires_at')
    .execute()

export const replaceCodes = async (
  trx: Trx,
  accountId: string,
  userId: string,
  codes: readonly { readonly id: string; readonly hash: Buffer }[],
): Promise<void> => {
  await trx
    .deleteFrom('break_glass_codes')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .execute()
  await trx
    .insertInto('break_glass_codes')
    .values(codes.map(({ id, hash }) => ({ account_id: accountId, id, user_id: userId, code_hash: hash })))
    .execute()
}

export const listCodes = (trx: Trx, accountId: string, userId: string) =>
  trx
    .selectFrom('break_glass_codes')
    .select(['id', 'code_hash', 'used_at', 'created_at'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()

/** One of any number of parallel calls hits the row. */
export const spendCode = async (
  trx: Trx,
  accountId: string,
  userId: string,
  codeId: string,
): Promise<boolean> => {
  const spent = await trx
    .updateTable('break_glass_codes')
    .set({ used_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('id', '=', codeId)
    .where('used_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return spent !== undefined
}
