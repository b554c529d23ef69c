import { sql } from 'kysely'
import type { Db } from '../db/pool.ts'
import { clockChannel } from '../live/index.ts'

export const readOffsetSeconds = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ offset_seconds: number }>`select offset_seconds from clock_offset`.execute(db)
  return rows[0]?.offset_seconds ?? 0
}

/** Moves the clock; the heartbeats of living nodes move along, so that a jump takes no lease from them. */
export const writeOffsetSeconds = async (db: Db, seconds: number): Promise<void> => {
  await db.transaction().execute(async (trx) => {
    await sql`update node_heartbeats set seen_at = seen_at
      + make_interval(secs => ${seconds}::bigint - (select offset_seconds from clock_offset))`.execute(trx)
    await sql`update clock_offset set offset_seconds = ${seconds}`.execute(trx)
  })
  await sql`select pg_notify(${clockChannel}, '')`.execute(db)
}

/** Run as owner at start under test support: SQL then asks the same clock as the program (security.md §7). */
export const installTestClock = `
  create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
    select date_trunc('milliseconds', now()) + make_interval(secs => (select offset_seconds from clock_offset)) $$`

/** Run as owner at start without test support. */
export const installPlainClock = `
  create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
    select date_trunc('milliseconds', now()) $$`
