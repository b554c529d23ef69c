import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import type { JournaledLease } from './journal.ts'

export type LeftRow = {
  message_id: string
  state: 'claimed' | 'handed' | 'uncertain'
  attempts: number
  planned_at: Date
  lane: number
  contact_id: string | null
  address: string
}

/**
 * What still stands under a lease: rows that it holds, and those that recovery took from it and nobody has decided on
 * since. The epoch is given once, so that no later hand-off is meant.
 */
export const listLeft = async (trx: Trx, lease: JournaledLease): Promise<LeftRow[]> => {
  const { rows } = await sql<LeftRow>`
    select message_id, state, attempts, planned_at, lane, contact_id, address from messages
    where account_id = ${lease.accountId} and run_month = ${lease.runMonth}::date and message_id = any(coalesce(
        (select message_ids from leases where account_id = ${lease.accountId} and id = ${lease.leaseId}), '{}'))
      and lease_id = ${lease.leaseId} and lease_epoch = ${lease.epoch} and state in ('claimed', 'handed')
    union all
    select message_id, state, attempts, planned_at, lane, contact_id, address from messages
    where account_id = ${lease.accountId} and source_id = ${lease.sourceId} and open_since is not null
      and lease_epoch = ${lease.epoch} and state = 'uncertain' and resolution is null`.execute(trx)
  return rows
}

/** Whether a node was heard of lately. */
export const isNodeAlive = async (db: Db, nodeId: string, seconds: number): Promise<boolean> => {
  const { rows } = await sql<{ alive: boolean }>`select exists (select from node_heartbeats
    where node_id = ${nodeId} and seen_at > app_now() - make_interval(secs => ${seconds})) as alive`.execute(
    db,
  )
  return rows[0]?.alive ?? false
}
