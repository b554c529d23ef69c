import { sql } from 'kysely'
import type { Trx } from '../../../db/pool.ts'
import { prepared } from '../../../db/prepared.ts'
import { domainOf } from '../../queue/queries.ts'
import { type Held, lockSource } from '../claim/queries.ts'

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
  /** Made here: the database takes longer for an id than for the row. */
  event_id: string
}

const column = <K extends keyof RecordedResult>(results: readonly RecordedResult[], name: K) =>
  results.map((result) => result[name])

/**
 * Writes the answers of a batch in one statement: ledger rows, attempts, events and whoever waits again. Only rows still
 * `handed` under this lease epoch change, and those that recovery took for lost under it meanwhile: our answer is the late
 * one (sending.md §2.1 rule 3). Of a run canceled meanwhile, what would go back to `planned` is suppressed instead.
 * Answers the messages that were refused for good.
 */
export const recordResults = async (
  trx: Trx,
  held: Held,
  results: readonly RecordedResult[],
): Promise<string[]> => {
  const ids = column(results, 'message_id')
  // Joining a few hundred answers row by row would compare each with each; with this switch the planner hashes them.
  await sql`set local enable_nestloop = off`.execute(trx)
  if (results.some((result) => result.state === 'planned'))
    await lockSource(trx, held.accountId, held.sourceId)
  const { rows } = await sql<{ message_id: string }>`${prepared}
    with answer as materialized (
      select a.*, a.state = 'planned' and (select exists (select from campaigns where account_id = ${held.accountId}
          and id = ${held.sourceId} and status = 'canceled')) as stopped,
        (select app_now()) as now,
        (select to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) as stamp
      from unnest(${ids}::uuid[], ${column(results, 'state')}::text[], ${column(results, 'reason')}::text[],
        ${column(results, 'delivery_status')}::text[], ${column(results, 'answer_class')}::text[],
        ${column(results, 'code')}::text[], ${column(results, 'text')}::text[], ${column(results, 'provider_ref')}::text[],
        ${column(results, 'counted')}::int[], ${column(results, 'retry_seconds')}::int[], ${column(results, 'begun')}::boolean[],
        ${column(results, 'event_id')}::uuid[]) as a(message_id, state, reason, delivery_status, answer_class, code, text, provider_ref, counted,
        retry_seconds, begun, event_id)
    ), settled as (
      update messages m set
        state = case when a.stopped then 'suppressed' else a.state end,
        reason = case when a.stopped then 'canceled' else a.reason end,
        delivery_status = a.delivery_status,
        basis = case when a.state = 'accepted' then 'relay' end,
        attempts = m.attempts + a.counted - case when m.state = 'uncertain' then 1 else 0 end,
        next_attempt_at = case when a.state = 'planned' and not a.stopped
          then a.now + make_interval(secs => a.retry_seconds) end,
        provider_ref = a.provider_ref,
        handed_at = case when a.begun then m.handed_at end,
        answer = case when a.begun then jsonb_build_object('at', a.stamp, 'class', a.answer_class, 'code', a.code, 'text', a.text)
          else m.answer end,
        lease_id = null, lease_epoch = null,
        final_at = case when a.state in ('accepted', 'rejected') or a.stopped then a.now end
      from answer a
      where m.account_id = ${held.accountId} and m.run_month = ${held.runMonth}::date
        and m.message_id = any(${ids}::uuid[]) and m.message_id = a.message_id and m.lease_epoch = ${held.epoch}
        and (m.state = 'handed' or (m.state = 'uncertain' and m.resolution is null and a.state <> 'uncertain'))
      returning m.message_id, m.recipient_key, m.contact_id, m.address, m.lane, m.attempts, m.provider_id, m.handed_at,
        m.state, m.next_attempt_at, a.state as answered, a.answer_class, a.code, a.text, a.begun, a.now, a.event_id
    ), attempted as (
      insert into message_attempts (account_id, message_id, n, source_id, provider_id, handed_at, answered_at,
        answer_class, code, text, at)
      select ${held.accountId}, message_id, attempts, ${held.sourceId}, provider_id, handed_at, now, answer_class, code,
        text, now
      from settled where begun
      on conflict do nothing
    ), waiting as (
      insert into message_queue (account_id, message_id, source_id, run_month, recipient_key, lane, due_at, domain)
      select ${held.accountId}, message_id, ${held.sourceId}, ${held.runMonth}::date, recipient_key, lane, next_attempt_at,
        ${domainOf(sql`address`)}
      from settled where state = 'planned'
      on conflict (account_id, message_id) do update set due_at = excluded.due_at
    ), told as (
      insert into message_events (account_id, id, message_id, source_id, contact_id, kind, detail, received_at, at)
      select ${held.accountId}, event_id, message_id, ${held.sourceId}, contact_id,
        case answered when 'accepted' then 'delivered' when 'planned' then 'deferred' else answered end,
        jsonb_build_object('code', code, 'text', text), now, now
      from settled where begun
    )
    select message_id from settled where state = 'rejected'`.execute(trx)
  await sql`set local enable_nestloop = on`.execute(trx)
  return rows.map((row) => row.message_id)
}
