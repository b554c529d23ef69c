import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

/** Seconds a lease lives without heartbeat (sending.md §4.2). */
export const leaseSeconds = 60

export const insertLease = async (
  trx: Trx,
  lease: { accountId: string; id: string; sourceId: string; nodeId: string },
): Promise<number> => {
  const { rows } = await sql<{ epoch: number }>`
    insert into leases (account_id, id, source_id, node_id, epoch, expires_at)
    values (${lease.accountId}, ${lease.id}, ${lease.sourceId}, ${lease.nodeId}, nextval('lease_epochs'),
      app_now() + make_interval(secs => ${leaseSeconds}))
    returning epoch`.execute(trx)
  const epoch = rows[0]?.epoch
  if (epoch === undefined) throw new Error('a lease was not written')
  return epoch
}

/** False when the lease was given up by recovery: what it held belongs to others. */
export const renewLease = async (trx: Trx, accountId: string, leaseId: string): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    update leases set expires_at = app_now() + make_interval(secs => ${leaseSeconds})
    where account_id = ${accountId} and id = ${leaseId} returning id`.execute(trx)
  return rows.length === 1
}

export const deleteLease = (trx: Trx, accountId: string, leaseId: string) =>
  trx.deleteFrom('leases').where('account_id', '=', accountId).where('id', '=', leaseId).execute()

export type SourceHead = {
  sourceId: string
  kind: 'campaign' | 'test'
  runMonth: string
  status: string
  gateOpen: boolean
  revision: number
  throttlePerHour: number | null
  topicId: string | null
  senderId: string | null
  groupIds: readonly string[]
}

/** The present state of a campaign's run as the sender needs it. */
export const findCampaignHead = async (
  trx: Trx,
  accountId: string,
  id: string,
): Promise<SourceHead | null> => {
  const row = await trx
    .selectFrom('campaigns')
    .select([
      'id',
      'run_month',
      'status',
      'gate',
      'content_revision',
      'throttle_per_hour',
      'topic_id',
      'sender_id',
      'audience',
    ])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row?.run_month) return null
  return {
    sourceId: row.id,
    kind: 'campaign',
    runMonth: row.run_month,
    status: row.status,
    gateOpen: row.gate === 'open',
    revision: row.content_revision,
    throttlePerHour: row.throttle_per_hour,
    topicId: row.topic_id,
    senderId: row.sender_id,
    groupIds: (row.audience as { group_ids?: string[] }).group_ids ?? [],
  }
}

export const findTestHead = async (trx: Trx, accountId: string, id: string): Promise<SourceHead | null> => {
  const row = await trx
    .selectFrom('test_sends')
    .select(['id', 'run_month', 'content_revision', 'finished_at'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return {
    sourceId: row.id,
    kind: 'test',
    runMonth: row.run_month,
    status: row.finished_at ? 'finished' : 'sending',
    gateOpen: row.finished_at === null,
    revision: row.content_revision,
    throttlePerHour: null,
    topicId: null,
    senderId: null,
    groupIds: [],
  }
}

export type ClaimedRow = {
  message_id: string
  recipient_key: string
  contact_id: string | null
  address: string
  attempts: number
  planned_at: Date
}

/** Whether a row may leave now; a run whose rest waits for its retry times writes nothing meanwhile. */
export const hasDueRows = async (
  trx: Trx,
  head: { accountId: string; sourceId: string; runMonth: string },
): Promise<boolean> => {
  const { rows } = await sql<{ due: boolean }>`select exists (
    select from messages where account_id = ${head.accountId} and source_id = ${head.sourceId}
      and run_month = ${head.runMonth}::date and state = 'planned'
      and (next_attempt_at is null or next_attempt_at <= app_now())) as due`.execute(trx)
  return rows[0]?.due ?? false
}

/** Claims due rows for a lease; rows another sender is looking at are skipped. Nothing has left. */
export const claimRows = async (
  trx: Trx,
  head: { accountId: string; sourceId: string; runMonth: string },
  lease: { id: string; epoch: number },
  rowsMax: number,
): Promise<ClaimedRow[]> => {
  // An array, not a join: whatever the planner believes of a young table, it looks each key up by the primary key.
  const { rows } = await sql<ClaimedRow>`
    update messages m set state = 'claimed', lease_id = ${lease.id}, lease_epoch = ${lease.epoch}
    where m.account_id = ${head.accountId} and m.source_id = ${head.sourceId} and m.run_month = ${head.runMonth}::date
      and m.state = 'planned' and m.recipient_key = any(array(
        select recipient_key from messages
        where account_id = ${head.accountId} and source_id = ${head.sourceId} and run_month = ${head.runMonth}::date
          and state = 'planned' and (next_attempt_at is null or next_attempt_at <= app_now())
        order by lane, next_attempt_at nulls first, message_id
        limit ${rowsMax} for update skip locked))
    returning m.message_id, m.recipient_key, m.contact_id, m.address, m.attempts, m.planned_at`.execute(trx)
  return rows
}

/** Holds the gate where it is until the hand-off has committed: a pause waits for it, and none comes after a pause. */
export const lockGate = async (trx: Trx, accountId: string, campaignId: string): Promise<boolean> => {
  const { rows } = await sql<{ gate: string }>`
    select gate from campaigns where account_id = ${accountId} and id = ${campaignId} for share`.execute(trx)
  return rows[0]?.gate === 'open'
}

type Held = { accountId: string; sourceId: string; runMonth: string; leaseId: string; epoch: number }

const ownClaim = (held: Held, keys: readonly string[]) => sql`
  m.account_id = ${held.accountId} and m.source_id = ${held.sourceId} and m.run_month = ${held.runMonth}::date
  and m.recipient_key = any(${keys as string[]}::text[]) and m.state = 'claimed'
  and m.lease_id = ${held.leaseId} and m.lease_epoch = ${held.epoch}`

/** The second suppression check: whoever unsubscribed since planning is not written to (sending.md §2.2). */
export const suppressLate = async (
  trx: Trx,
  held: Held,
  keys: readonly string[],
  decision: RawBuilder<string | null>,
): Promise<void> => {
  await sql`
    update messages m set state = 'suppressed', reason = d.reason, final_at = app_now(), lease_id = null, lease_epoch = null
    from (
      select m.recipient_key, case when c.id is null then 'contact_deleted' else ${decision} end as reason
      from messages m left join contacts c on c.account_id = ${held.accountId} and c.id = m.contact_id
      where ${ownClaim(held, keys)}
    ) d
    where ${ownClaim(held, keys)} and m.recipient_key = d.recipient_key and d.reason is not null`.execute(trx)
}

/** What could not be rendered is decided, not lost. */
export const suppressUnrendered = async (trx: Trx, held: Held, keys: readonly string[]): Promise<void> => {
  if (keys.length === 0) return
  await sql`
    update messages m set state = 'suppressed', reason = 'render_failed', final_at = app_now(), lease_id = null,
      lease_epoch = null
    where ${ownClaim(held, keys)}`.execute(trx)
}

/**
 * The only way to `handed` (sending.md §2.1 rule 1): claimed, own lease and epoch, lease alive by app_now(); the caller
 * holds the open gate in the same transaction. What is not answered here must not be sent.
 */
export const handRows = async (
  trx: Trx,
  held: Held,
  keys: readonly string[],
  providerId: string,
  revision: number,
): Promise<string[]> => {
  const { rows } = await sql<{ message_id: string }>`
    update messages m set state = 'handed', handed_at = app_now(), provider_id = ${providerId},
      content_revision = ${revision}, delivery_status = 'submitted'
    from leases l
    where ${ownClaim(held, keys)} and l.account_id = ${held.accountId} and l.id = m.lease_id and l.epoch = m.lease_epoch
      and l.expires_at > app_now()
    returning m.message_id`.execute(trx)
  return rows.map((row) => row.message_id)
}

/** Rows claimed but not handed over go back as they were. */
export const releaseClaims = async (trx: Trx, held: Held): Promise<void> => {
  await sql`
    update messages m set state = 'planned', lease_id = null, lease_epoch = null
    where m.account_id = ${held.accountId} and m.source_id = ${held.sourceId} and m.run_month = ${held.runMonth}::date
      and m.state = 'claimed' and m.lease_id = ${held.leaseId} and m.lease_epoch = ${held.epoch}`.execute(trx)
}

export type RecordedResult = {
  message_id: string
  state: 'accepted' | 'rejected' | 'planned' | 'uncertain'
  reason: string | null
  delivery_status: string
  answer_class: string
  code: string
  text: string
  provider_ref: string | null
  /** 1 when the attempt counts. */
  counted: number
  retry_seconds: number | null
  begun: boolean
}

/**
 * Writes the answers of a batch in one statement: ledger rows, attempts and events. Only rows still `handed` under this
 * lease epoch change; of a run canceled meanwhile, what would go back to `planned` is suppressed instead.
 */
export const recordResults = async (
  trx: Trx,
  held: Held,
  results: readonly RecordedResult[],
): Promise<void> => {
  const ids = results.map((result) => result.message_id)
  await sql`
    with answer as (
      select * from jsonb_to_recordset(${JSON.stringify(results)}::jsonb) as r(message_id uuid, state text, reason text,
        delivery_status text, answer_class text, code text, text text, provider_ref text, counted int,
        retry_seconds int, begun boolean)
    ), settled as (
      update messages m set
        state = case when a.state = 'planned' and c.status = 'canceled' then 'suppressed' else a.state end,
        reason = case when a.state = 'planned' and c.status = 'canceled' then 'canceled' else a.reason end,
        delivery_status = a.delivery_status,
        basis = case when a.state = 'accepted' then 'relay' end,
        attempts = m.attempts + a.counted,
        next_attempt_at = case when a.state = 'planned' then app_now() + make_interval(secs => a.retry_seconds) end,
        provider_ref = a.provider_ref,
        handed_at = case when a.begun then m.handed_at end,
        answer = case when a.begun then jsonb_build_object('at', to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'class', a.answer_class, 'code', a.code,
          'text', left(a.text, 500)) else m.answer end,
        lease_id = null, lease_epoch = null,
        final_at = case when a.state in ('accepted', 'rejected') or (a.state = 'planned' and c.status = 'canceled')
          then app_now() end
      from answer a left join campaigns c on c.account_id = ${held.accountId} and c.id = ${held.sourceId}
      where m.account_id = ${held.accountId} and m.source_id = ${held.sourceId} and m.run_month = ${held.runMonth}::date
        and m.message_id = any(${ids}::uuid[]) and m.message_id = a.message_id
        and m.state = 'handed' and m.lease_id = ${held.leaseId}
        and m.lease_epoch = ${held.epoch}
      returning m.message_id, m.contact_id, m.attempts, m.provider_id, m.handed_at, a.state as answered, a.answer_class,
        a.code, a.text, a.begun
    ), attempted as (
      insert into message_attempts (account_id, message_id, n, source_id, provider_id, handed_at, answered_at,
        answer_class, code, text, at)
      select ${held.accountId}, message_id, attempts, ${held.sourceId}, provider_id, handed_at, app_now(), answer_class,
        code, left(text, 500), app_now()
      from settled where begun
      on conflict do nothing
    )
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail, at)
    select ${held.accountId}, uuid_v7(), message_id, ${held.sourceId}, contact_id,
      case answered when 'accepted' then 'delivered' when 'planned' then 'deferred' else answered end,
      jsonb_build_object('code', code, 'text', left(text, 500)), app_now()
    from settled where begun`.execute(trx)
}

export const saveLimitingFactor = (trx: Trx, accountId: string, campaignId: string, factor: string | null) =>
  sql`update campaigns set limiting_factor = ${factor} where account_id = ${accountId} and id = ${campaignId}
    and limiting_factor is distinct from ${factor}`.execute(trx)

export const finishTest = (trx: Trx, accountId: string, testId: string) =>
  sql`update test_sends t set finished_at = app_now() where account_id = ${accountId} and id = ${testId}
    and not exists (select from messages m where m.account_id = ${accountId} and m.source_id = ${testId}
      and m.state in ('planned', 'claimed', 'handed'))`.execute(trx)

export const listLiveCampaigns = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; campaign_id: string; status: string }>`
    select account_id, campaign_id, status from lookup_live_campaigns()`.execute(db)
  return rows
}

export const listOpenTests = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; test_send_id: string }>`
    select account_id, test_send_id from lookup_open_test_sends()`.execute(db)
  return rows
}

/**
 * Takes up to `wanted` from a bucket that refills evenly (GCRA): `started_at` holds the theoretical arrival time.
 * All nodes share it. Answers how many may leave now.
 */
export const takeFromBucket = async (
  trx: Trx,
  accountId: string,
  bucket: { key: string; perSecond: number; burst: number },
  wanted: number,
): Promise<number> => {
  const { rows } = await sql<{ free: number }>`
    insert into rate_buckets as b (account_id, key, started_at, spent)
    values (${accountId}, ${bucket.key}, app_now(), 0)
    on conflict (account_id, key) do update set spent = 0
    returning greatest(0, least(${wanted}::bigint,
      floor(extract(epoch from app_now() - greatest(b.started_at, app_now() - make_interval(secs => ${bucket.burst / bucket.perSecond})))
        * ${bucket.perSecond} + 0.000001)))::int as free`.execute(trx)
  const free = rows[0]?.free ?? 0
  if (free > 0) {
    await sql`update rate_buckets set started_at =
        greatest(started_at, app_now() - make_interval(secs => ${bucket.burst / bucket.perSecond}))
        + make_interval(secs => ${free / bucket.perSecond})
      where account_id = ${accountId} and key = ${bucket.key}`.execute(trx)
  }
  return free
}
