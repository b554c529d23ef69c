import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** The same password under today's parameters; only while nobody has set another one in between. */
export const replaceSealed = (
  trx: Trx,
  accountId: string,
  userId: string,
  sealed: { readonly old: Buffer; readonly new: Buffer },
) =>
  trx
    .updateTable('users')
    .set({ password_sealed: sealed.new })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .where('password_sealed', '=', sealed.old)
    .execute()

/** Sets the password and raises the epoch: every session that is not renewed with it ends. */
export const setPassword = async (
  trx: Trx,
  accountId: string,
  userId: string,
  password: { readonly sealed: Buffer; readonly ge15: boolean; readonly barEmailCodeUntil?: Date },
): Promise<number> => {
  const row = await trx
    .updateTable('users')
    .set({
      password_sealed: password.sealed,
      password_ge15: password.ge15,
      password_change_required: false,
      ...(password.barEmailCodeUntil === undefined
        ? {}
        : { email_code_barred_until: password.barEmailCodeUntil }),
      security_epoch: sql<number>`security_epoch + 1`,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .returning('security_epoch')
    .executeTakeFirstOrThrow()
  return row.security_epoch
}
