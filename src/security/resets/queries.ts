import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** What is left of a person's second factors: nothing, and mail proves nothing by code until `barredUntil`. */
export const clearFactors = async (
  trx: Trx,
  accountId: string,
  userId: string,
  barredUntil: Date,
): Promise<readonly string[]> => {
  const gone = await trx
    .deleteFrom('mfa_factors')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .returning('type')
    .execute()
  for (const table of ['recovery_codes', 'factor_counters', 'trusted_devices'] as const) {
    await trx.deleteFrom(table).where('account_id', '=', accountId).where('user_id', '=', userId).execute()
  }
  await trx
    .updateTable('users')
    .set({
      email_code_barred_until: barredUntil,
      mfa_reset_at: sql<Date>`app_now()`,
      preferred_factor: null,
      updated_at: sql<Date>`app_now()`,
    })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()
  return [...new Set(gone.map((row) => row.type))].toSorted()
}

/** Ends the limit of open sessions and the bar on the mailed code; answers how many sessions were limited. */
export const liftLimit = async (trx: Trx, accountId: string, userId: string): Promise<number> => {
  await trx
    .updateTable('users')
    .set({ email_code_barred_until: null, updated_at: sql<Date>`app_now()` })
    .where('account_id', '=', accountId)
    .where('id', '=', userId)
    .execute()
  const lifted = await trx
    .updateTable('sessions')
    .set({ limited: null })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('limited', '=', 'after_reset')
    .returning('id')
    .execute()
  return lifted.length
}
