import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import { lockSource } from '../engine/claim/queries.ts'
import { domainOf } from '../queue/queries.ts'

export const listExpiredLeases = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; lease_id: string }>`
    select account_id, lease_id from lookup_expired_leases()`.execute(db)
  return rows
}

type LostLease = { source_id: string; run_month: string | null; message_ids: string[] }

/** Takes the lease from a node that is dead or frozen, or lost the thread that held it; null when another was quicker. */
const takeExpired = async (trx: Trx, accountId: string, leaseId: string): Promise<LostLease | null> => {
  const { rows } = await sql<LostLease>`
    delete from leases l where l.account_id = ${accountId} and l.id = ${leaseId} and l.expires_at < app_now()
      and not exists (select from node_heartbeats n where n.node_id = l.node_id
        and n.seen_at > app_now() - interval '20 seconds' and n.beats < coalesce(l.node_beats, n.beats) + 10)
    returning l.source_id, l.run_month, l.message_ids`.execute(trx)
  return rows[0] ?? null
}

/**
 * Gives up a dead sender's chunk: claimed rows go back, handed ones without an answer become uncertain, never silently
 * repeated (sending.md §4.2, lost lease). The epoch stays with an uncertain row: only whoever held it may still answer.
 * Answers the source, null when another node was quicker.
 */
export const recoverLease = async (trx: Trx, accountId: string, leaseId: string): Promise<string | null> => {
  const lost = await takeExpired(trx, accountId, leaseId)
  if (!lost) return null
  const { source_id: sourceId, run_month: runMonth } = lost
  await lockSource(trx, accountId, sourceId)
  await sql`
    with recovered as (
      update messages m set
        state = case when m.state = 'handed' then 'uncertain' when c.canceled then 'suppressed' else 'planned' end,
        reason = case when m.state = 'claimed' and c.canceled then 'canceled' else m.reason end,
        final_at = case when m.state = 'claimed' and c.canceled then app_now() end,
        attempts = m.attempts + case when m.state = 'handed' then 1 else 0 end,
        lease_id = null, lease_epoch = case when m.state = 'handed' then m.lease_epoch end
      from (select exists (select from campaigns where account_id = ${accountId} and id = ${sourceId}
        and status = 'canceled') as canceled) c
      where m.account_id = ${accountId} and m.run_month = ${runMonth}::date
        and m.message_id = any(${lost.message_ids}::uuid[]) and m.lease_id = ${leaseId} and m.state in ('claimed', 'handed')
      returning m.message_id, m.contact_id, m.recipient_key, m.lane, m.address, m.state
    ), waiting as (
      insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, domain)
      select ${accountId}, message_id, ${sourceId}, ${runMonth}::date, recipient_key, lane, ${domainOf(sql`address`)}
      from recovered where state = 'planned'
      on conflict (account_id, message_id) do nothing
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail, received_at, at)
    select ${accountId}, uuid_v7(), message_id, ${sourceId}, contact_id, 'uncertain',
      '{"text":"the sender stopped before the answer was stored"}'::jsonb, app_now(), app_now()
    from recovered where state = 'uncertain'`.execute(trx)
  return sourceId
}

export const listUnresolvedSources = async (db: Db, waitedSeconds: number) => {
  const { rows } = await sql<{ account_id: string; source_id: string }>`
    select account_id, source_id from lookup_unresolved_sources(${waitedSeconds})`.execute(db)
  return rows
}

/**
 * Applies the run's policy to messages whose answer did not come in time: `rather_miss` ends them as missed,
 * `rather_repeat` plans them once more with the same id and the flag `possible_duplicate` (sending.md §5).
 */
export const resolveUncertain = async (
  trx: Trx,
  accountId: string,
  sourceId: string,
  waitedSeconds: number,
): Promise<void> => {
  await sql`
    with decided as (
      update messages m set
        resolution = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then 'repeated' else 'missed' end,
        state = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then 'planned' else 'uncertain' end,
        flags = case when p.repeats and not ('possible_duplicate' = any(m.flags))
          then array_append(m.flags, 'possible_duplicate') else m.flags end,
        delivery_status = case when p.repeats then m.delivery_status else 'unknown' end,
        next_attempt_at = null, lease_epoch = null,
        final_at = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then null else app_now() end
      from (select coalesce((select uncertain_policy = 'rather_repeat' and status not in ('canceled', 'failed') from campaigns
        where account_id = ${accountId} and id = ${sourceId}), false) as repeats) p
      where m.account_id = ${accountId} and m.source_id = ${sourceId}
        and m.open_since < app_now() - make_interval(secs => ${waitedSeconds})
        and not exists (select from uncertain_asks q where q.account_id = ${accountId} and q.message_id = m.message_id
          and q.next_ask_at is not null)
      returning m.message_id, m.run_month, m.recipient_key, m.lane, m.address, m.state
    )
    insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, domain)
    select ${accountId}, message_id, ${sourceId}, run_month, recipient_key, lane, ${domainOf(sql`address`)}
    from decided where state = 'planned'
    on conflict (account_id, message_id) do nothing`.execute(trx)
}
