import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

/** A node that has not beaten for this long is not there. */
const beatSeconds = 20

export const listNodes = async (db: Db) => {
  const { rows } = await sql<{
    node_id: string
    host: string
    process_id: number
    roles: string[]
    started_at: Date
    seen_at: Date
    swept_at: Date | null
    alive: boolean
    now: Date
  }>`
    select node_id, host, process_id, roles, started_at, seen_at, swept_at, app_now() as now,
      seen_at > app_now() - make_interval(secs => ${beatSeconds}) as alive
    from node_heartbeats order by started_at limit 200`.execute(db)
  return rows
}

/** Sources whose gate is open; rows of a paused run wait for a person and are not late. */
const openSources = (accountId: string) => sql`
  select id as source_id, channel from campaigns where account_id = ${accountId} and gate = 'open'
    and status in ('sending', 'testing', 'finishing')
  union all select id, 'email' from test_sends where account_id = ${accountId} and finished_at is null`

export const findOldestDue = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ due_at: Date; source_id: string; channel: string; waiting_seconds: number }>`
    select d.due_at, d.source_id, d.channel,
      floor(extract(epoch from app_now() - d.due_at))::int as waiting_seconds
    from (
      select q.due_at, s.source_id, s.channel from (${openSources(accountId)}) s cross join lateral (
        select min(due_at) as due_at from message_queue
        where account_id = ${accountId} and source_id = s.source_id and due_at <= app_now()) q
      union all
      select due_at, source_id, 'email' from message_queue
      where account_id = ${accountId} and lane <= 1 and due_at <= app_now()
    ) d where d.due_at is not null order by d.due_at limit 1`.execute(trx)
  return rows[0] ?? null
}

export type OpenRows = {
  planned: number
  due: number
  retrying: number
  claimed: number
  handed: number
  uncertain: number
  next_due_at: Date | null
  open_since: Date | null
}

/** What is not decided: the queue, what leases hold, and messages whose answer is missing. */
export const countOpenRows = async (trx: Trx, accountId: string): Promise<OpenRows> => {
  const { rows } = await sql<OpenRows>`
    with waiting as (
      select count(*)::int as planned, count(*) filter (where due_at <= app_now())::int as due,
        count(*) filter (where due_at > app_now() and withheld is null)::int as retrying,
        min(due_at) filter (where due_at > app_now() and due_at < 'infinity') as next_due_at
      from message_queue where account_id = ${accountId}
    ), under_way as (
      select count(*) filter (where m.state = 'claimed')::int as claimed,
        count(*) filter (where m.state = 'handed')::int as handed
      from leases l cross join lateral unnest(l.message_ids) as held(id)
      join messages m on m.account_id = ${accountId} and m.message_id = held.id and m.run_month = l.run_month
      where l.account_id = ${accountId}
    ), missing as (
      select count(*)::int as uncertain, min(open_since) as open_since from messages
      where account_id = ${accountId} and open_since is not null
    )
    select * from waiting, under_way, missing`.execute(trx)
  const [row] = rows
  if (!row) throw new Error('an account has no ledger')
  return row
}

export const listCircuits = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{
    id: string
    name: string
    channel: string
    kind: string
    enabled: boolean
    circuit: string
    circuit_until: Date | null
    receipt_age_seconds: number | null
  }>`
    select p.id, p.name, p.channel, p.kind, p.enabled, p.circuit, p.circuit_until,
      floor(extract(epoch from app_now() - e.received_at))::int as receipt_age_seconds
    from providers p left join receipt_endpoints e on e.account_id = ${accountId} and e.provider_id = p.id
    where p.account_id = ${accountId} order by p.name limit 200`.execute(trx)
  return rows
}

/** Buckets of providers that have nothing to give at the moment, by the key the engine keeps them under. */
export const listEmptyBuckets = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ key: string }>`
    select key from rate_buckets where account_id = ${accountId} and key like 'provider:%' and key not like '%:bulk'
      and started_at > app_now() - interval '1 second'`.execute(trx)
  return rows.map((row) => row.key)
}

export const countSlowedSites = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ provider_id: string; sites: number; first: string }>`
    select provider_id, count(*)::int as sites, min(site) as first from receiver_sites
    where account_id = ${accountId} and slowed_at > app_now() - interval '15 minutes' group by provider_id`.execute(
    trx,
  )
  return rows
}

/** When a lease of a node that is gone may be given up, and when a planned campaign begins. */
export const findNextDates = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{
    lease_at: Date | null
    lease_node: string | null
    start_at: Date | null
    start_id: string | null
  }>`
    select l.expires_at as lease_at, l.node_id as lease_node, c.at as start_at, c.id as start_id
    from (select 1) one
    left join lateral (
      select l.expires_at, l.node_id from leases l left join node_heartbeats n on n.node_id = l.node_id
        and n.seen_at > app_now() - make_interval(secs => ${beatSeconds})
      where l.account_id = ${accountId} and n.node_id is null order by l.expires_at limit 1) l on true
    left join lateral (
      select id, coalesce(hold_until, planned_at) as at from campaigns
      where account_id = ${accountId} and status = 'scheduled' and coalesce(hold_until, planned_at) is not null
      order by 2 limit 1) c on true`.execute(trx)
  return rows[0] ?? { lease_at: null, lease_node: null, start_at: null, start_id: null }
}
