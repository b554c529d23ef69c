import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'

/**
 * Takes up to `wanted` from a bucket that refills evenly (GCRA): `started_at` is the moment from which tokens count. All
 * nodes share it: the row lock puts them one after the other, whatever their transactions' times are. A bucket begins with
 * one token, so that the first message does not wait. Answers how many may leave now.
 */
export const takeFromBucket = async (
  trx: Trx,
  accountId: string,
  bucket: { key: string; perSecond: number; burst: number },
  wanted: number,
): Promise<number> => {
  const full = bucket.burst / bucket.perSecond
  const { rows } = await sql<{ free: number }>`
    insert into rate_buckets as b (account_id, key, started_at, spent)
    values (${accountId}, ${bucket.key}, app_now() - make_interval(secs => ${1 / bucket.perSecond}), 0)
    on conflict (account_id, key) do update set spent = 0
    returning greatest(0, least(${wanted}::bigint,
      floor(extract(epoch from app_now() - greatest(b.started_at, app_now() - make_interval(secs => ${full})))
        * ${bucket.perSecond} + 0.000001)))::int as free`.execute(trx)
  const free = rows[0]?.free ?? 0
  if (free > 0) {
    await sql`update rate_buckets set started_at =
        greatest(started_at, app_now() - make_interval(secs => ${full})) + make_interval(secs => ${free / bucket.perSecond})
      where account_id = ${accountId} and key = ${bucket.key}`.execute(trx)
  }
  return free
}

/** Gives back what the narrowest of several buckets did not let pass. */
export const returnToBucket = (
  trx: Trx,
  accountId: string,
  bucket: { key: string; perSecond: number },
  unused: number,
) =>
  sql`update rate_buckets set started_at = started_at - make_interval(secs => ${unused / bucket.perSecond})
    where account_id = ${accountId} and key = ${bucket.key}`.execute(trx)
