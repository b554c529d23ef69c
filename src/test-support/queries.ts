import { sql } from 'kysely'
import type { Db } from '../db/pool.ts'
import { clockChannel } from '../live/index.ts'

export const readOffsetSeconds = async (db: Db): Promise<number> => {
  const { rows } = await sql<{ offset_seconds: number }>`select offset_seconds from clock_offset`.execute(db)
  return rows[0]?.offset_seconds ?? 0
}

export type Beat = { node_id: string; seen_at: Date }

/**
 * Moves the clock and every heartbeat with it, so that a jump takes no lease from a living node. Answers the heartbeats
 * as they are then; a node that lives overwrites its own at once, because it is told.
 */
export const writeOffsetSeconds = async (db: Db, seconds: number): Promise<Beat[]> => {
  const beats = await db.transaction().execute(async (trx) => {
    const { rows } = await sql<Beat>`update node_heartbeats set seen_at = seen_at
      + make_interval(secs => ${seconds}::bigint - (select offset_seconds from clock_offset))
      returning node_id, seen_at`.execute(trx)
    await sql`update clock_offset set offset_seconds = ${seconds}`.execute(trx)
    return rows
  })
  await sql`select pg_notify(${clockChannel}, '')`.execute(db)
  return beats
}

/** Nodes that did not beat since the jump are dead: their heartbeat goes back to where it was. */
export const unshiftDeadNodes = async (db: Db, beats: readonly Beat[], bySeconds: number): Promise<void> => {
  for (const beat of beats) {
    await sql`update node_heartbeats set seen_at = seen_at - make_interval(secs => ${bySeconds})
      where node_id = ${beat.node_id} and seen_at = ${beat.seen_at}`.execute(db)
  }
}

/** Run as owner at start under test support: SQL then asks the same clock as the program (security.md §7). */
export const installTestClock = `
  create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
    select date_trunc('milliseconds', now()) + make_interval(secs => (select offset_seconds from clock_offset)) $$`

/** Run as owner at start without test support. */
export const installPlainClock = `
  create or replace function app_now() returns timestamptz language sql stable parallel safe as $$
    select date_trunc('milliseconds', now()) $$`
