import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

/** A ledger row as somebody who reports about its message finds it. */
export type StandingMessage = {
  readonly message_id: string
  readonly source_id: string
  readonly source_kind: 'campaign' | 'transactional' | 'test'
  readonly run_month: string
  readonly contact_id: string | null
  readonly address: string | null
  readonly address_hash: Buffer | null
  readonly state: string
  readonly delivery_status: string
  readonly sent_at: Date
}

/** Locked in one order until the transaction ends, so that of two reports one comes second. */
export const lockMessages = async (
  trx: Trx,
  accountId: string,
  messageIds: readonly string[],
): Promise<StandingMessage[]> => {
  if (messageIds.length === 0) return []
  const { rows } = await sql<StandingMessage>`
    select message_id, source_id, source_kind, run_month, contact_id, address, address_hash, state, delivery_status,
      coalesce(handed_at, planned_at) as sent_at
    from messages where account_id = ${accountId} and message_id = any(${[...messageIds]}::uuid[])
    order by message_id for update`.execute(trx)
  return rows
}

export type LaterAnswer = {
  readonly message_id: string
  readonly run_month: string
  readonly outcome: 'bounced' | 'delivered'
  readonly class: string
  readonly code: string
  readonly text: string
}

export type Moved = { readonly message_id: string; readonly source_id: string; readonly before: string }

/**
 * What became known after the hand-off (sending.md §2.1 rule 3, §10): an uncertain row gets its answer, a delivered one
 * becomes undelivered, one that a person reacted to keeps its status.
 */
export const applyLaterAnswers = async (
  trx: Trx,
  accountId: string,
  answers: readonly LaterAnswer[],
): Promise<Moved[]> => {
  if (answers.length === 0) return []
  const { rows } = await sql<Moved>`
    with told as (
      select * from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as r(message_id uuid, run_month date,
        outcome text, class text, code text, text text)
    ), held as (
      select t.*, m.state as before from told t
      join messages m on m.account_id = ${accountId} and m.message_id = t.message_id and m.run_month = t.run_month
      where m.state = 'uncertain' or (m.state = 'accepted'
        and (t.outcome = 'bounced' or m.delivery_status not in ('undelivered', 'expired')))
    )
    update messages m set
      state = case when h.before = 'accepted' then 'accepted' when h.outcome = 'bounced' then 'rejected' else 'accepted' end,
      resolution = case when h.before = 'accepted' then m.resolution when h.outcome = 'delivered' then 'accepted' end,
      reason = case when h.outcome = 'bounced' then h.class when h.before = 'uncertain' then null else m.reason end,
      delivery_status = case
        when h.outcome = 'delivered' then case when m.delivery_status in ('opened', 'read', 'reacted')
          then m.delivery_status else 'delivered' end
        when m.delivery_status in ('opened', 'read', 'reacted') then m.delivery_status
        else 'undelivered' end,
      basis = case when h.outcome = 'delivered' then 'receipt' else m.basis end,
      flags = case when h.outcome = 'bounced' and h.before = 'accepted' and not m.flags @> array['bounced_later']
        then array_append(m.flags, 'bounced_later') else m.flags end,
      answer = case when h.outcome = 'bounced' then jsonb_build_object('at',
        to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'class', h.class, 'code', h.code,
        'text', left(h.text, 500)) else m.answer end,
      final_at = coalesce(m.final_at, app_now())
    from held h
    where m.account_id = ${accountId} and m.message_id = h.message_id and m.run_month = h.run_month
    returning m.message_id, m.source_id, h.before`.execute(trx)
  return rows
}

/** The class of a bounce judged anew; what the message went through does not change. */
export const changeBounceClasses = async (
  trx: Trx,
  accountId: string,
  changes: readonly { message_id: string; run_month: string; class: string }[],
): Promise<void> => {
  if (changes.length === 0) return
  await sql`
    update messages m set reason = c.class, answer = case when m.answer is null then null
      else m.answer || jsonb_build_object('class', c.class) end
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c(message_id uuid, run_month date, class text)
    where m.account_id = ${accountId} and m.message_id = c.message_id and m.run_month = c.run_month
      and (m.state = 'rejected' or m.flags @> array['bounced_later'])`.execute(trx)
}

/** Sets a flag once; false when it stood already or the message is gone. */
export const flagMessage = async (
  trx: Trx,
  accountId: string,
  message: { messageId: string; runMonth: string },
  flag: 'complained' | 'unsubscribed',
): Promise<boolean> => {
  const { rows } = await sql<{ message_id: string }>`
    update messages set flags = array_append(flags, ${flag})
    where account_id = ${accountId} and message_id = ${message.messageId} and run_month = ${message.runMonth}::date
      and not flags @> array[${flag}]
    returning message_id`.execute(trx)
  return rows.length === 1
}

export type NewEvent = {
  readonly message_id: string
  readonly source_id: string
  readonly contact_id: string | null
  readonly kind: string
  readonly raw_ref: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

export const insertMessageEvents = async (
  trx: Trx,
  accountId: string,
  events: readonly NewEvent[],
): Promise<void> => {
  if (events.length === 0) return
  await sql`
    insert into message_events (account_id, id, message_id, source_id, contact_id, kind, raw_ref, detail)
    select ${accountId}, uuid_v7(), message_id, source_id, contact_id, kind, raw_ref, detail
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as e(message_id uuid, source_id uuid, contact_id uuid,
      kind text, raw_ref text, detail jsonb)`.execute(trx)
}
