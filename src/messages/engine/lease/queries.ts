import { type RawBuilder, sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import type { Run } from '../../queue/queries.ts'

export type Held = Run & { readonly leaseId: string; readonly epoch: number }

/** Seconds a lease lives without heartbeat (sending.md §4.2). */
export const leaseSeconds = 60

/** Beats of a node so far: what a lease remembers, so that a thread that died inside a living node is noticed. */
export const beatsOf = (nodeId: string | RawBuilder<string>): RawBuilder<number | null> =>
  sql<number | null>`(select n.beats from node_heartbeats n where n.node_id = ${nodeId})`

/** False when the lease was given up by recovery: what it held belongs to others. */
export const renewLease = async (trx: Trx, accountId: string, leaseId: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update leases l set expires_at = app_now() + make_interval(secs => ${leaseSeconds}),
      node_beats = ${beatsOf(sql<string>`l.node_id`)}
    where l.account_id = ${accountId} and l.id = ${leaseId} returning l.id`.execute(trx)
  return rows.length === 1
}

/** `checked`: only if none of its rows waits for an answer that could not be stored; such a lease is left to recovery. */
export const deleteLease = (trx: Trx, held: Held, checked: boolean) =>
  sql`delete from leases l where l.account_id = ${held.accountId} and l.id = ${held.leaseId}
    and ${
      checked
        ? sql`not exists (select from messages m where m.account_id = ${held.accountId}
            and m.run_month = ${held.runMonth}::date and m.message_id = any(l.message_ids) and m.state = 'handed'
            and m.lease_id = l.id)`
        : sql`true`
    }`.execute(trx)
