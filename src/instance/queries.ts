import { sql } from 'kysely'
import type { Db } from '../db/pool.ts'

export const ensurePartitions = (db: Db) => sql`select ensure_partitions(app_now())`.execute(db)

export const upsertHeartbeat = (
  db: Db,
  node: { id: string; roles: readonly string[]; host: string; processId: number; at: Date },
) =>
  db
    .insertInto('node_heartbeats')
    .values({
      node_id: node.id,
      roles: [...node.roles],
      host: node.host,
      process_id: node.processId,
      started_at: node.at,
      seen_at: node.at,
    })
    .onConflict((conflict) =>
      conflict.column('node_id').doUpdateSet({ seen_at: node.at, beats: sql`node_heartbeats.beats + 1` }),
    )
    .execute()

export const deleteHeartbeat = (db: Db, nodeId: string) =>
  db.deleteFrom('node_heartbeats').where('node_id', '=', nodeId).execute()

export const pingDatabase = (db: Db) => sql`select 1`.execute(db)

/** That the worker role of a node has looked for what is due, to the end. */
export const saveSweep = (db: Db, nodeId: string) =>
  sql`update node_heartbeats set swept_at = app_now() where node_id = ${nodeId}`.execute(db)

export const listSendingMetrics = async (db: Db) => {
  const { rows } = await sql<{ name: string; labels: string; value: number }>`
    select name, labels, value from lookup_sending_metrics()`.execute(db)
  return rows
}
