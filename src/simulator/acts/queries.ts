import { sql } from 'kysely'
import type { ActClass } from '../../channels/email/simulator/contract.ts'
import type { Db, Trx } from '../../db/pool.ts'

export type NewAct = {
  readonly id: string
  readonly mailId: string
  readonly kind: ActClass
  readonly afterMs: number
}

export const insertActs = async (trx: Trx, accountId: string, acts: readonly NewAct[]): Promise<void> => {
  if (acts.length === 0) return
  await sql`
    insert into simulator_acts (account_id, id, simulator_message_id, kind, due_at)
    select ${accountId}, a.id, a.mail, a.kind, app_now() + make_interval(secs => a.after_ms / 1000.0)
    from unnest(${acts.map(({ id }) => id)}::uuid[], ${acts.map(({ mailId }) => mailId)}::uuid[],
      ${acts.map(({ kind }) => kind)}::text[], ${acts.map(({ afterMs }) => afterMs)}::float8[])
      as a(id, mail, kind, after_ms)`.execute(trx)
}

/** Accounts in which something is due; without an account, by a function that answers ids alone. */
export const listDueAccounts = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{
    account_id: string
  }>`select account_id from lookup_due_simulator_acts()`.execute(db)
  return rows.map((row) => row.account_id)
}

export type DueAct = { id: string; mail_id: string; kind: ActClass; attempts: number }

/** Takes what is due, the longest due first; what is not done by then is due again a minute later. */
export const takeDueActs = async (trx: Trx, accountId: string, limit: number): Promise<DueAct[]> => {
  const { rows } = await sql<DueAct>`
    update simulator_acts a set due_at = app_now() + interval '60 seconds', attempts = a.attempts + 1
    from (
      select id from simulator_acts where account_id = ${accountId} and due_at <= app_now()
      order by due_at, id limit ${limit} for update skip locked
    ) due
    where a.account_id = ${accountId} and a.id = due.id
    returning a.id, a.simulator_message_id as mail_id, a.kind, a.attempts`.execute(trx)
  return rows
}

export type DoneAct = {
  readonly id: string
  readonly eventId: string
  readonly kind: string
  readonly detail: string | null
}

/** The list forgets what was done, and the mail remembers it; an act whose mail is gone has nothing to tell. */
export const finishActs = async (trx: Trx, accountId: string, done: readonly DoneAct[]): Promise<void> => {
  if (done.length === 0) return
  await sql`
    with done as (
      select * from unnest(${done.map(({ id }) => id)}::uuid[], ${done.map(({ eventId }) => eventId)}::uuid[],
        ${done.map(({ kind }) => kind)}::text[], ${done.map(({ detail }) => detail)}::text[])
        as d(id, event_id, kind, detail)
    ), gone as (
      delete from simulator_acts a using done d where a.account_id = ${accountId} and a.id = d.id
      returning a.simulator_message_id, d.event_id, d.kind, d.detail
    )
    insert into simulator_events (account_id, id, simulator_message_id, kind, detail)
    select ${accountId}, event_id, simulator_message_id, kind, detail from gone`.execute(trx)
}

export const findMailsToActOn = (trx: Trx, accountId: string, ids: readonly string[]) =>
  trx
    .selectFrom('simulator_messages')
    .select([
      'id',
      'message_id',
      'origin',
      'to_address',
      'from_address',
      'envelope_from',
      'subject',
      'raw',
      'raw_encoding',
    ])
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .execute()
