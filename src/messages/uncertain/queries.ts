import { type RawBuilder, sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'
import { enqueueRows, type RowChoice, type Run } from '../queue/queries.ts'

const open = sql`m.open_since is not null`
const ofRun = (run: Run) => sql`m.account_id = ${run.accountId} and m.source_id = ${run.sourceId}
  and m.run_month = ${run.runMonth}::date`

const countRows = async (statement: RawBuilder<unknown>, trx: Trx): Promise<number> =>
  Number((await statement.execute(trx)).numAffectedRows ?? 0)

/** Somebody knows that the message arrived (over alias `m`). */
export const markAccepted = (trx: Trx, run: Run, where: RowChoice) =>
  countRows(
    sql`update messages m set state = 'accepted', resolution = 'accepted', lease_epoch = null, final_at = app_now(),
        delivery_status = case when m.delivery_status in ('opened', 'read', 'reacted') then m.delivery_status
          else 'delivered' end
      where ${ofRun(run)} and ${open} and ${where}`,
    trx,
  )

export const markMissed = (trx: Trx, run: Run, where: RowChoice) =>
  countRows(
    sql`update messages m set resolution = 'missed', delivery_status = 'unknown', lease_epoch = null, final_at = app_now()
      where ${ofRun(run)} and ${open} and ${where}`,
    trx,
  )

/**
 * Back into the queue under the same message id. `doubtful` when the first one may have arrived: the row says so for ever.
 */
export const repeatRows = async (
  trx: Trx,
  run: Run,
  where: RowChoice,
  { doubtful }: { doubtful: boolean },
): Promise<number> => {
  const { rows } = await sql<{ message_id: string }>`
    update messages m set state = 'planned', lease_epoch = null, next_attempt_at = null, final_at = null,
      resolution = ${doubtful ? 'repeated' : null}, delivery_status = 'queued',
      flags = case when ${doubtful} and not ('possible_duplicate' = any(m.flags))
        then array_append(m.flags, 'possible_duplicate') else m.flags end
    where ${ofRun(run)} and ${open} and ${where} returning m.message_id`.execute(trx)
  const ids = rows.map((row) => row.message_id)
  if (ids.length > 0)
    await enqueueRows(trx, run, { where: sql<boolean>`m.message_id = any(${ids}::uuid[])`, dueAt: null })
  return ids.length
}

/** What is known not to have left when its run is over already: decided, like the rest of that run. */
export const suppressUnsent = (trx: Trx, run: Run, where: RowChoice) =>
  countRows(
    sql`update messages m set state = 'suppressed', reason = 'canceled', lease_epoch = null, final_at = app_now()
      where ${ofRun(run)} and ${open} and ${where}`,
    trx,
  )

export type KnownRefusal = { message_id: string; class: string; code: string; text: string }

export const markRejected = (trx: Trx, run: Run, refusals: readonly KnownRefusal[]) =>
  sql`update messages m set state = 'rejected', reason = r.class, delivery_status = 'undelivered', lease_epoch = null,
      final_at = app_now(), answer = jsonb_build_object('at',
        to_char(app_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'class', 'permanent', 'code', r.code,
        'text', left(r.text, 500))
    from jsonb_to_recordset(${JSON.stringify(refusals)}::jsonb) as r(message_id uuid, class text, code text, text text)
    where ${ofRun(run)} and ${open} and m.message_id = r.message_id`.execute(trx)

export type OpenProvider = { provider_id: string; run_month: string }

/** Providers of open messages of a source that nobody has been asked about. */
export const listUnaskedProviders = async (
  trx: Trx,
  accountId: string,
  sourceId: string,
): Promise<OpenProvider[]> => {
  const { rows } = await sql<OpenProvider>`
    select distinct m.provider_id, m.run_month from messages m
    where m.account_id = ${accountId} and m.source_id = ${sourceId} and ${open} and m.provider_id is not null
      and not exists (select from uncertain_asks q where q.account_id = ${accountId} and q.message_id = m.message_id)`.execute(
    trx,
  )
  return rows
}

export const insertAsks = (trx: Trx, run: Run, providerId: string) =>
  sql`insert into uncertain_asks (account_id, message_id, source_id, provider_id, next_ask_at)
    select m.account_id, m.message_id, m.source_id, m.provider_id, m.open_since + interval '30 seconds' from messages m
    where ${ofRun(run)} and ${open} and m.provider_id = ${providerId}
    on conflict do nothing`.execute(trx)

export const listDueAsks = async (db: Db) => {
  const { rows } = await sql<{ account_id: string; provider_id: string }>`
    select account_id, provider_id from lookup_uncertain_asks()`.execute(db)
  return rows
}

export type DueAsk = {
  message_id: string
  source_id: string
  run_month: string
  provider_ref: string | null
  open_since: Date
  asked: number
  stopped: boolean
}

/** Taken for a minute: of two nodes one asks. Whoever is not uncertain any more needs no question. */
export const takeDueAsks = async (
  trx: Trx,
  accountId: string,
  providerId: string,
  limit: number,
): Promise<DueAsk[]> => {
  await sql`delete from uncertain_asks q where q.account_id = ${accountId} and q.provider_id = ${providerId}
    and q.next_ask_at <= app_now() and not exists (select from messages m where m.account_id = ${accountId}
      and m.message_id = q.message_id and ${open})`.execute(trx)
  const { rows } = await sql<DueAsk>`
    with due as (
      update uncertain_asks q set next_ask_at = app_now() + interval '1 minute'
      where q.account_id = ${accountId} and q.message_id in (
        select d.message_id from uncertain_asks d where d.account_id = ${accountId} and d.provider_id = ${providerId}
          and d.next_ask_at <= app_now() order by d.next_ask_at limit ${limit} for update skip locked)
      returning q.message_id, q.asked)
    select d.message_id, m.source_id, m.run_month, m.provider_ref, m.open_since, d.asked,
      exists (select from campaigns c where c.account_id = ${accountId} and c.id = m.source_id and c.status = 'canceled')
        as stopped
    from due d join messages m on m.account_id = ${accountId} and m.message_id = d.message_id and ${open}`.execute(
    trx,
  )
  return rows
}

export type NextAsk = { message_id: string; asked: number; next_ask_at: string | null }

export const planAsks = (trx: Trx, accountId: string, asks: readonly NextAsk[]) =>
  sql`update uncertain_asks q set asked = n.asked, next_ask_at = n.next_ask_at
    from jsonb_to_recordset(${JSON.stringify(asks)}::jsonb) as n(message_id uuid, asked smallint, next_ask_at timestamptz)
    where q.account_id = ${accountId} and q.message_id = n.message_id`.execute(trx)

export const dropAsks = (trx: Trx, accountId: string, ids: readonly string[]) =>
  sql`delete from uncertain_asks where account_id = ${accountId} and message_id = any(${[...ids]}::uuid[])`.execute(
    trx,
  )
