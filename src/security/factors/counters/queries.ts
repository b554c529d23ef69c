import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'

export type CountedFactor = 'email' | 'sms' | 'totp' | 'passkey' | 'recovery'
export type Counter = { failures_in_hour: number; failures_in_a_row: number }

/**
 * Counts one attempt as failed, before it is judged. No row comes back while the factor waits or has failed too often;
 * the row lock makes parallel attempts queue, so that none of them slips past the limit.
 */
export const spendAttempt = async (
  trx: Trx,
  accountId: string,
  userId: string,
  factor: CountedFactor,
  limits: { freeFailures: number; failuresInARowMax: number },
): Promise<Counter | null> => {
  const hourOver = sql`c.hour_started_at + interval '1 hour' <= app_now()`
  const count = sql`case when ${hourOver} then 1 else c.failures_in_hour + 1 end`
  const { rows } = await sql<Counter>`
    insert into factor_counters as c
      (account_id, user_id, factor, hour_started_at, failures_in_hour, failures_in_a_row)
    values (${accountId}, ${userId}, ${factor}, app_now(), 1, 1)
    on conflict (account_id, user_id, factor) do update set
      hour_started_at = case when ${hourOver} then app_now() else c.hour_started_at end,
      failures_in_hour = ${count},
      failures_in_a_row = c.failures_in_a_row + 1,
      backoff_until = case when ${count} >= ${limits.freeFailures}
        then app_now() + make_interval(mins => least(60, power(2, ${count} - ${limits.freeFailures})::int)) end
    where (c.backoff_until is null or c.backoff_until <= app_now())
      and c.failures_in_a_row < ${limits.failuresInARowMax}
    returning failures_in_hour, failures_in_a_row`.execute(trx)
  return rows[0] ?? null
}

export const findCounter = (trx: Trx, accountId: string, userId: string, factor: CountedFactor) =>
  trx
    .selectFrom('factor_counters')
    .select(['failures_in_hour', 'failures_in_a_row', 'backoff_until'])
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('factor', '=', factor)
    .executeTakeFirst()

/** A right one: it was no failure, and the row of failures is broken. */
export const giveBackAttempt = (trx: Trx, accountId: string, userId: string, factor: CountedFactor) =>
  trx
    .updateTable('factor_counters')
    .set({
      failures_in_hour: sql<number>`greatest(0, failures_in_hour - 1)`,
      failures_in_a_row: 0,
      backoff_until: null,
    })
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('factor', '=', factor)
    .execute()

export const deleteCounter = (trx: Trx, accountId: string, userId: string, factor: CountedFactor) =>
  trx
    .deleteFrom('factor_counters')
    .where('account_id', '=', accountId)
    .where('user_id', '=', userId)
    .where('factor', '=', factor)
    .execute()
