import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import { prepared } from '../../../db/prepared.ts'
import { domainOf, type Run } from '../../queue/queries.ts'
import { beatsOf, type Held, leaseSeconds } from '../lease/queries.ts'

export type ClaimedRow = {
  message_id: string
  recipient_key: string
  contact_id: string | null
  address: string
  attempts: number
  planned_at: Date
  lane: number
}

/** One after the other, so that each is read in the order of its index and no further than its due rows. */
const lanes = sql`generate_series(0, 4) l(lane)`

export type Waiting = { due: boolean; factor: string | null }

/** Whether a row may leave now; if not, what the next one waits for. Null when nobody waits. */
export const findWaiting = async (trx: Trx, run: Run): Promise<Waiting | null> => {
  const { rows } = await sql<Waiting>`
    select q.due_at <= app_now() as due, coalesce(q.withheld, 'retries') as factor
    from ${lanes} cross join lateral (
      select due_at, withheld from message_queue
      where account_id = ${run.accountId} and source_id = ${run.sourceId} and lane = l.lane order by due_at limit 1) q
    order by q.due_at limit 1`.execute(trx)
  return rows[0] ?? null
}

export type Claimed = { epoch: number; rows: ClaimedRow[] }

/**
 * Takes due entries out of the queue, claims their rows and writes the lease that holds them, in one statement. Entries that
 * another sender is looking at are skipped. Nothing has left.
 */
export const claimRows = async (
  trx: Trx,
  run: Run,
  lease: { id: string; nodeId: string },
  rowsMax: number,
): Promise<Claimed> => {
  // Arrays, not joins: whatever the planner believes of a young table, it looks each row up by its key.
  const { rows } = await sql<ClaimedRow & { epoch: number }>`${prepared}
    with epoch as materialized (select nextval('lease_epochs') as n),
    taken as (
      delete from message_queue where account_id = ${run.accountId} and ctid = any(array(
        select q.place from ${lanes} cross join lateral (
          select ctid as place from message_queue
          where account_id = ${run.accountId} and source_id = ${run.sourceId} and lane = l.lane and due_at <= app_now()
          order by due_at, message_id limit ${rowsMax} for update skip locked) q
        limit ${rowsMax}))
      returning message_id
    ), claimed as (
      update messages m set state = 'claimed', lease_id = ${lease.id}, lease_epoch = (select n from epoch)
      where m.account_id = ${run.accountId} and m.run_month = ${run.runMonth}::date
        and m.message_id = any(array(select message_id from taken)) and m.state = 'planned'
      returning m.message_id, m.recipient_key, m.contact_id, m.address, m.attempts, m.planned_at, m.lane
    ), held as (
      insert into leases (account_id, id, source_id, node_id, epoch, expires_at, run_month, message_ids, node_beats)
      select ${run.accountId}, ${lease.id}, ${run.sourceId}, ${lease.nodeId}, (select n from epoch),
        app_now() + make_interval(secs => ${leaseSeconds}), ${run.runMonth}::date, array_agg(message_id),
        ${beatsOf(lease.nodeId)}
      from claimed having count(*) > 0
    )
    select c.*, e.n as epoch from claimed c, epoch e order by c.lane, c.message_id`.execute(trx)
  return { epoch: rows[0]?.epoch ?? 0, rows }
}

/** Holds the gate where it is: a cancel waits for this transaction and then sees what it left behind. */
export const lockSource = async (trx: Trx, accountId: string, sourceId: string): Promise<void> => {
  await sql`select 1 from campaigns where account_id = ${accountId} and id = ${sourceId} for share`.execute(
    trx,
  )
}

export type { Held } from '../lease/queries.ts'

export type Postponed = { readonly message_id: string; readonly seconds: number; readonly factor: string }

/**
 * Rows claimed and not handed over go back as they were, or for later with a reason. Whoever calls it in a transaction after
 * the one that claimed them holds the source (`lockSource`).
 */
export const releaseClaims = async (
  trx: Trx,
  held: Held,
  messageIds: readonly string[],
  postponed: readonly Postponed[] = [],
): Promise<void> => {
  await sql`
    with later as (
      select * from jsonb_to_recordset(${JSON.stringify(postponed)}::jsonb) as p(message_id uuid, seconds float, factor text)
    ), back as (
      update messages m set lease_id = null, lease_epoch = null,
        state = case when c.canceled then 'suppressed' else 'planned' end,
        reason = case when c.canceled then 'canceled' end,
        final_at = case when c.canceled then app_now() end
      from (select exists (select from campaigns where account_id = ${held.accountId} and id = ${held.sourceId}
        and status = 'canceled') as canceled) c
      where m.account_id = ${held.accountId} and m.run_month = ${held.runMonth}::date
        and m.message_id = any(${messageIds as string[]}::uuid[]) and m.state = 'claimed'
        and m.lease_id = ${held.leaseId} and m.lease_epoch = ${held.epoch}
      returning m.message_id, m.recipient_key, m.lane, m.address, m.state
    )
    insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, due_at, domain, withheld)
    select ${held.accountId}, b.message_id, ${held.sourceId}, ${held.runMonth}::date, b.recipient_key, b.lane,
      app_now() + make_interval(secs => coalesce(l.seconds, 0)), ${domainOf(sql`b.address`)}, l.factor
    from back b left join later l on l.message_id = b.message_id where b.state = 'planned'
    on conflict (account_id, message_id) do nothing`.execute(trx)
}
