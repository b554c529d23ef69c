import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

export type DeliveryRow = {
  id: string
  at: Date
  event_id: string
  event_type: string
  event_at: Date
  attempt: number
  target: 'primary' | 'secondary'
  state: 'waiting' | 'claimed' | 'succeeded' | 'failed' | 'dead' | 'expired'
  replay: boolean
  next_at: Date | null
  attempted_at: Date | null
  status_code: number | null
  duration_ms: number | null
  failure: string | null
  excerpt: string
}

/** What of the endpoints decides whether an event is for them; none can be removed before the caller's transaction ends. */
export const listListeners = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ id: string; events: string[] }>`select id, events from webhook_endpoints
    where account_id = ${accountId} and enabled order by id for key share`.execute(trx)
  return rows
}

export type NewEvent = { type: string; data: Readonly<Record<string, unknown>>; sequence: number | null }

/** The event and one waiting delivery for each endpoint, in the transaction of what happened. */
export const insertEvent = (trx: Trx, accountId: string, event: NewEvent, endpointIds: readonly string[]) =>
  sql`with event as (
      insert into webhook_events (account_id, id, type, payload, sequence)
      values (${accountId}, uuid_v7(), ${event.type}, ${JSON.stringify(event.data)}::jsonb, ${event.sequence})
      returning id, at)
    insert into webhook_deliveries (account_id, id, endpoint_id, event_id, event_type, event_at, next_at)
    select ${accountId}, uuid_v7(), endpoint, event.id, ${event.type}, event.at, app_now()
    from event, unnest(${[...endpointIds]}::uuid[]) as endpoint`.execute(trx)

export const listDueAccounts = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_due_webhooks()`.execute(db)
  return rows.map((row) => row.account_id)
}

/** Endpoints that may be told something now; what is held back is not among them. */
export const listDueEndpoints = async (
  trx: Trx,
  accountId: string,
  except: readonly string[],
  limit: number,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`select e.id from webhook_endpoints e
    join accounts a on a.account_id = e.account_id
    where e.account_id = ${accountId} and e.enabled and e.proven_at is not null and a.status in ('active', 'test')
      and e.id <> all(${[...except]}::uuid[])
      and exists (select from webhook_deliveries d where d.account_id = ${accountId} and d.endpoint_id = e.id
        and d.state in ('waiting', 'claimed') and d.next_at <= app_now())
    order by e.last_at nulls first limit ${limit}`.execute(trx)
  return rows.map((row) => row.id)
}

export type ClaimedDelivery = DeliveryRow & {
  lease: string
  payload: Record<string, unknown> | null
  sequence: number | null
}

/** Committed before the call: whoever dies leaves a lease, and after it the same event is sent once more. */
export const claimDeliveries = async (
  trx: Trx,
  accountId: string,
  endpointId: string,
  claim: { readonly max: number; readonly leaseSeconds: number },
): Promise<readonly ClaimedDelivery[]> => {
  const { rows } = await sql<ClaimedDelivery>`with due as (
      select id, at from webhook_deliveries
      where account_id = ${accountId} and endpoint_id = ${endpointId} and state in ('waiting', 'claimed')
        and next_at <= app_now()
      order by next_at, id limit ${claim.max} for update skip locked),
    claimed as (
      update webhook_deliveries d set state = 'claimed', lease = uuid_v7(), attempted_at = app_now(),
        next_at = app_now() + make_interval(secs => ${claim.leaseSeconds})
      from due where d.account_id = ${accountId} and d.id = due.id and d.at = due.at returning d.*)
    select c.*, v.payload, v.sequence from claimed c
    left join webhook_events v on v.account_id = ${accountId} and v.id = c.event_id and v.at = c.event_at
    order by c.event_at, c.id`.execute(trx)
  return rows
}

export type Attempted = {
  readonly status: number | null
  readonly durationMs: number
  readonly failure: string | null
  readonly excerpt: string
}

/** False when somebody else has taken it over meanwhile: then his result counts. */
export const finishDelivery = async (
  trx: Trx,
  accountId: string,
  { id, at, lease }: ClaimedDelivery,
  state: 'succeeded' | 'failed' | 'dead',
  answer: Attempted,
): Promise<boolean> => {
  const { rows } = await sql`update webhook_deliveries set state = ${state}, status_code = ${answer.status},
      duration_ms = ${answer.durationMs}, failure = ${answer.failure}, excerpt = ${answer.excerpt},
      lease = null, next_at = null
    where account_id = ${accountId} and id = ${id} and at = ${at} and lease = ${lease} and state = 'claimed'
    returning id`.execute(trx)
  return rows.length > 0
}

/** Given back untried, as at the end of the process. */
export const releaseDelivery = (trx: Trx, accountId: string, { id, at, lease }: ClaimedDelivery) =>
  sql`update webhook_deliveries set state = 'waiting', lease = null, next_at = app_now()
    where account_id = ${accountId} and id = ${id} and at = ${at} and lease = ${lease} and state = 'claimed'`.execute(
    trx,
  )

type OfEvent = Pick<DeliveryRow, 'event_id' | 'event_type' | 'event_at' | 'replay'>

export const insertRetry = (
  trx: Trx,
  accountId: string,
  endpointId: string,
  of: OfEvent & { readonly attempt: number; readonly waitSeconds: number },
) =>
  sql`insert into webhook_deliveries
      (account_id, id, endpoint_id, event_id, event_type, event_at, attempt, replay, next_at)
    values (${accountId}, uuid_v7(), ${endpointId}, ${of.event_id}, ${of.event_type}, ${of.event_at}, ${of.attempt},
      ${of.replay}, app_now() + make_interval(secs => ${of.waitSeconds}))`.execute(trx)

/** A line of the log for a call that has no place in the queue: the second address, a test. */
export const insertAttempt = (
  trx: Trx,
  accountId: string,
  endpointId: string,
  of: OfEvent & {
    readonly attempt: number
    readonly target: 'primary' | 'secondary'
    readonly succeeded: boolean
  },
  answer: Attempted,
) =>
  sql`insert into webhook_deliveries (account_id, id, endpoint_id, event_id, event_type, event_at, attempt, replay,
      target, state, attempted_at, status_code, duration_ms, failure, excerpt)
    values (${accountId}, uuid_v7(), ${endpointId}, ${of.event_id}, ${of.event_type}, ${of.event_at}, ${of.attempt},
      ${of.replay}, ${of.target}, ${of.succeeded ? 'succeeded' : 'failed'}, app_now(), ${answer.status},
      ${answer.durationMs}, ${answer.failure}, ${answer.excerpt})`.execute(trx)

export const noteSuccess = (trx: Trx, accountId: string, endpointId: string, status: number | null) =>
  sql`update webhook_endpoints set last_status = ${status}, last_at = app_now(), failing_since = null
    where account_id = ${accountId} and id = ${endpointId}`.execute(trx)

export const noteFailure = (trx: Trx, accountId: string, endpointId: string, status: number | null) =>
  sql`update webhook_endpoints set last_status = ${status}, last_at = app_now(),
      failing_since = coalesce(failing_since, app_now())
    where account_id = ${accountId} and id = ${endpointId}`.execute(trx)

export const switchOff = (trx: Trx, accountId: string, endpointId: string, reason: 'failing' | 'gone') =>
  sql`update webhook_endpoints set enabled = false, disabled_reason = ${reason}, updated_at = app_now(),
      version = version + 1
    where account_id = ${accountId} and id = ${endpointId} and enabled`.execute(trx)
