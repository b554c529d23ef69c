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
