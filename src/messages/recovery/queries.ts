import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export const listExpiredLeases = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; lease_id: string }>`
    select account_id, lease_id from lookup_expired_leases()`.execute(db)
  return rows
}

/**
 * Gives up a dead sender's chunk: claimed rows go back, handed ones without an answer become uncertain, never silently
 * repeated (sending.md §4.2, lost lease). Answers the source, null when another node was quicker.
 */
export const recoverLease = async (trx: Trx, accountId: string, leaseId: string): Promise<string | null> => {
  const { rows } = await sql<{ source_id: string }>`
    delete from leases l where l.account_id = ${accountId} and l.id = ${leaseId} and l.expires_at < app_now()
      and not exists (select from node_heartbeats n where n.node_id = l.node_id
        and n.seen_at > app_now() - interval '20 seconds')
    returning l.source_id`.execute(trx)
  const sourceId = rows[0]?.source_id
  if (!sourceId) return null
  await sql`
    with recovered as (
      update messages m set
        state = case when m.state = 'handed' then 'uncertain' when c.status = 'canceled' then 'suppressed' else 'planned' end,
        reason = case when m.state = 'claimed' and c.status = 'canceled' then 'canceled' else m.reason end,
        attempts = m.attempts + case when m.state = 'handed' then 1 else 0 end,
        lease_id = null, lease_epoch = null
      from (select 1) one left join campaigns c on c.account_id = ${accountId} and c.id = ${sourceId}
      where m.account_id = ${accountId} and m.source_id = ${sourceId} and m.lease_id = ${leaseId}
        and m.state in ('claimed', 'handed')
      returning m.message_id, m.contact_id, m.state
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail, at)
    select ${accountId}, uuid_v7(), message_id, ${sourceId}, contact_id, 'uncertain',
      '{"text":"the sender stopped before the answer was stored"}'::jsonb, app_now()
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
    update messages m set
      resolution = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then 'repeated' else 'missed' end,
      state = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then 'planned' else 'uncertain' end,
      flags = case when p.repeats and not ('possible_duplicate' = any(m.flags))
        then array_append(m.flags, 'possible_duplicate') else m.flags end,
      delivery_status = case when p.repeats then m.delivery_status else 'unknown' end,
      next_attempt_at = null,
      final_at = case when p.repeats and not ('possible_duplicate' = any(m.flags)) then null else app_now() end
    from (select coalesce((select uncertain_policy = 'rather_repeat' and status not in ('canceled', 'failed') from campaigns
      where account_id = ${accountId} and id = ${sourceId}), false) as repeats) p
    where m.account_id = ${accountId} and m.source_id = ${sourceId} and m.state = 'uncertain' and m.resolution is null
      and m.handed_at < app_now() - make_interval(secs => ${waitedSeconds})`.execute(trx)
}
