import { sql } from 'kysely'
import { type Db, inAccount, instanceAccountId } from '../db/pool.ts'
import { AppError } from '../http/errors.ts'
import { checkLimiter } from '../http/limiter.ts'

export type Limit = { readonly key: string; readonly max: number; readonly windowSeconds: number }

/**
 * Spends one from each bucket, committed alone before anything is compared (security.md §1 principle 3).
 * @throws AppError 429 `rate_limited` with `Retry-After` in seconds.
 */
export const spendLimits = async (db: Db, limits: readonly Limit[]): Promise<void> => {
  checkLimiter(db)
  const waits = await inAccount(db, instanceAccountId, async (trx) => {
    const found: number[] = []
    for (const limit of limits) {
      const { rows } = await sql<{ spent: number; wait: number }>`
        insert into rate_buckets as b (account_id, key, started_at, spent)
        values (${instanceAccountId}, ${limit.key}, app_now(), 1)
        on conflict (account_id, key) do update set
          started_at = case when b.started_at + make_interval(secs => ${limit.windowSeconds}) <= app_now() then app_now() else b.started_at end,
          spent = case when b.started_at + make_interval(secs => ${limit.windowSeconds}) <= app_now() then 1 else b.spent + 1 end
        returning spent, ceil(extract(epoch from started_at - app_now()) + ${limit.windowSeconds})::int as wait`.execute(
        trx,
      )
      const row = rows[0]
      if (row && row.spent > limit.max) found.push(Math.max(1, row.wait))
    }
    return found
  })
  if (waits.length > 0) {
    throw new AppError('rate_limited', 429, '', {}, { 'retry-after': String(Math.max(...waits)) })
  }
}

/** Gives one back after a right password, so that people who sign in often are not taken for guessers. */
export const refundLimits = (db: Db, limits: readonly Limit[]): Promise<unknown> =>
  inAccount(db, instanceAccountId, (trx) =>
    trx
      .updateTable('rate_buckets')
      .set({ spent: sql<number>`greatest(0, spent - 1)` })
      .where('account_id', '=', instanceAccountId)
      .where(
        'key',
        'in',
        limits.map((limit) => limit.key),
      )
      .execute(),
  )

export const resetLimits = (db: Db): Promise<unknown> =>
  inAccount(db, instanceAccountId, (trx) =>
    trx.deleteFrom('rate_buckets').where('account_id', '=', instanceAccountId).execute(),
  )
