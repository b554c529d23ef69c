import { sql } from 'kysely'
import type { Db, Trx } from '../db/pool.ts'
import type { Json } from '../lib/canonical-json.ts'
import { genesis, type Link } from './chain.ts'

export type Head = {
  seq: number
  hash: Buffer
  /** UTC with microseconds. */
  at: string
  data_key_sealed: Buffer
  login: string | null
  name: string | null
}

/** Locks the end of the chain until the caller's transaction ends; the time is read once the lock is held. */
export const lockHead = async (trx: Trx, accountId: string, userId: string | null): Promise<Head | null> => {
  const { rows } = await sql<Head>`
    with head as materialized (select seq, hash from audit_heads where account_id = ${accountId} for update)
    select head.seq, head.hash, to_char(audit_now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      a.data_key_sealed,
      u.login, u.first_name || ' ' || u.last_name as name
    from head join accounts a on a.account_id = ${accountId}
    left join users u on u.account_id = a.account_id and u.id = ${userId}::uuid`.execute(trx)
  return rows[0] ?? null
}

export const insertHead = (trx: Trx, accountId: string) =>
  sql`insert into audit_heads (account_id, seq, hash) values (${accountId}, 0, ${genesis})
    on conflict (account_id) do nothing`.execute(trx)

export type SealedSubject = {
  commitment: Buffer
  userId: string | null
  address: Buffer | null
  sealed: Buffer
}

const insertSubject = (accountId: string, subject: SealedSubject | null) =>
  subject
    ? sql`insert into audit_subjects (account_id, commitment, user_id, address, sealed)
        values (${accountId}, ${subject.commitment}, ${subject.userId}, ${subject.address}, ${subject.sealed})
        on conflict (account_id, commitment) do nothing returning commitment`
    : sql`select null::bytea as commitment`

/** Writes the entry and moves the head in one statement. */
export const insertEntry = (
  trx: Trx,
  link: Link,
  chain: { prev: Buffer; hash: Buffer },
  apart: { subject: SealedSubject | null; details: SealedSubject | null },
) => {
  const diff = link.diff === null ? null : JSON.stringify(link.diff)
  return sql`
    with who as (${insertSubject(link.account_id, apart.subject)}),
      values_apart as (${insertSubject(link.account_id, apart.details)}),
      head as (update audit_heads set seq = ${link.seq}, hash = ${chain.hash}
        where account_id = ${link.account_id} returning seq)
    insert into audit_entries (account_id, seq, at, section, action, actor_type, actor_id, on_behalf_of, subject, details,
      acting_account_id, object_type, object_id, result, reason, session_hash, request_id, amr, diff, prev_hash, hash)
    values (${link.account_id}, ${link.seq}, ${link.at}::timestamptz, ${link.section}, ${link.action},
      ${link.actor_type}, ${link.actor_id}, ${link.on_behalf_of}, ${apart.subject?.commitment ?? null},
      ${apart.details?.commitment ?? null}, ${link.acting_account_id}, ${link.object_type}, ${link.object_id},
      ${link.result}, ${link.reason}, ${link.session_hash}, ${link.request_id}, ${[...link.amr]}, ${diff}::jsonb,
      ${chain.prev}, ${chain.hash})`.execute(trx)
}

export type EntryRow = Omit<Link, 'subject' | 'details' | 'diff' | 'amr'> & {
  subject: Buffer | null
  details: Buffer | null
  diff: Json
  amr: string[]
  prev_hash: Buffer
  hash: Buffer
  subject_sealed: Buffer | null
  details_sealed: Buffer | null
}

/** The columns of an entry with what stands apart of it. */
export const entryColumns = sql`
  e.account_id, e.seq, to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, e.section, e.action,
  e.actor_type, e.actor_id, e.on_behalf_of, e.subject, e.details, e.acting_account_id, e.object_type, e.object_id,
  e.result, e.reason, e.session_hash, e.request_id, e.amr, e.diff, e.prev_hash, e.hash,
  (select s.sealed from audit_subjects s where s.account_id = e.account_id and s.commitment = e.subject) as subject_sealed,
  (select s.sealed from audit_subjects s where s.account_id = e.account_id and s.commitment = e.details) as details_sealed`

/** Counts one more of `key` in its window; answers the number so far. */
export const countInWindow = async (
  trx: Trx,
  accountId: string,
  window: { key: string; seconds: number },
): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    insert into audit_windows as w (account_id, key, window_at, seconds, count)
    values (${accountId}, ${window.key},
      to_timestamp(floor(extract(epoch from app_now()) / ${window.seconds}) * ${window.seconds}), ${window.seconds}, 1)
    on conflict (account_id, key, window_at) do update set count = w.count + 1
    returning count`.execute(trx)
  return rows[0]?.count ?? 1
}

/** Forgets who a user was: name, login, addresses and personal values of his records. */
export const deleteSubjects = (trx: Trx, accountId: string, userId: string) =>
  trx.deleteFrom('audit_subjects').where('account_id', '=', accountId).where('user_id', '=', userId).execute()

/** Switches the transaction to another account's rows; answers where it was. */
export const enterAccount = async (trx: Trx, accountId: string): Promise<string> => {
  const { rows } = await sql<{ before: string | null }>`
    select current_setting('app.account_id', true) as before`.execute(trx)
  await sql`select set_config('app.account_id', ${accountId}, true)`.execute(trx)
  return rows[0]?.before ?? ''
}

const dueLists = {
  accounts: sql`select account_id from lookup_audit_accounts()`,
  checkpoints: sql`select account_id from lookup_due_checkpoints()`,
  windows: sql`select account_id from lookup_due_audit_windows()`,
  exports: sql`select account_id from lookup_expired_audit_exports()`,
}
/** Accounts that have something of this kind, asked before any account is known. */
export const listDueAccounts = async (db: Db, kind: keyof typeof dueLists): Promise<string[]> => {
  const { rows } = await sql<{ account_id: string }>`${dueLists[kind]}`.execute(db)
  return rows.map((row) => row.account_id)
}

/** Windows that are over, removed and answered. */
export const takeOldWindows = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ key: string; window_at: Date; count: number }>`
    delete from audit_windows where account_id = ${accountId}
      and window_at + make_interval(secs => seconds) < app_now()
    returning key, window_at, count`.execute(trx)
  return rows
}

/** The sealed data key of an account; null when there is no such account. */
export const findAccountKey = async (trx: Trx, accountId: string): Promise<Buffer | null> => {
  const { rows } = await sql<{ key: Buffer }>`select data_key_sealed as key from accounts
    where account_id = ${accountId}`.execute(trx)
  return rows[0]?.key ?? null
}
