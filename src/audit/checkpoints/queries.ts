import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import type { Checkpoint } from '../contract.ts'

export type CheckpointRow = {
  account_id: string
  seq: number
  kind: 'regular' | 'retention'
  hash: Buffer
  count: number
  at: Date
  key_id: string
  signature: Buffer
}

export const toCheckpoint = (row: CheckpointRow): Checkpoint => ({
  account_id: row.account_id,
  seq: row.seq,
  hash: row.hash.toString('hex'),
  count: row.count,
  at: row.at.toISOString(),
  key_id: row.key_id,
  signature: row.signature.toString('base64'),
})

export const findHead = async (trx: Trx, accountId: string) => {
  const { rows } = await sql<{ seq: number; hash: Buffer; at: Date }>`
    select seq, hash, app_now() as at from audit_heads where account_id = ${accountId}`.execute(trx)
  return rows[0] ?? null
}

/** Signs the same end only once. */
export const insertCheckpoint = (trx: Trx, checkpoint: Checkpoint, kind: CheckpointRow['kind']) =>
  sql`insert into audit_checkpoints (account_id, seq, kind, hash, count, at, key_id, signature)
    values (${checkpoint.account_id}, ${checkpoint.seq}, ${kind}, ${Buffer.from(checkpoint.hash, 'hex')},
      ${checkpoint.count}, ${checkpoint.at}::timestamptz, ${checkpoint.key_id}, ${Buffer.from(checkpoint.signature, 'base64')})
    on conflict (account_id, seq, kind) do nothing`.execute(trx)

const columns = sql`account_id, seq, kind, hash, count, at, key_id, signature`

export const listCheckpointRows = async (
  trx: Trx,
  accountId: string,
  before: number | null,
  limit: number,
): Promise<CheckpointRow[]> => {
  const { rows } = await sql<CheckpointRow>`select ${columns} from audit_checkpoints
    where account_id = ${accountId} and kind = 'regular' and seq < coalesce(${before}::bigint, 9223372036854775807)
    order by seq desc limit ${limit}`.execute(trx)
  return rows
}

/** Both kinds, oldest first, after `seq`. */
export const listCheckpointsAfter = async (
  trx: Trx,
  accountId: string,
  seq: number,
  limit: number,
): Promise<CheckpointRow[]> => {
  const { rows } = await sql<CheckpointRow>`select ${columns} from audit_checkpoints
    where account_id = ${accountId} and seq > ${seq} order by seq, kind limit ${limit}`.execute(trx)
  return rows
}

export const listUndelivered = async (trx: Trx, accountId: string): Promise<CheckpointRow[]> => {
  const { rows } = await sql<CheckpointRow>`select ${columns} from audit_checkpoints
    where account_id = ${accountId} and delivered_at is null order by at, seq limit 100 for update skip locked`.execute(
    trx,
  )
  return rows
}

export const markDelivered = (trx: Trx, row: CheckpointRow) =>
  sql`update audit_checkpoints set delivered_at = app_now()
    where account_id = ${row.account_id} and seq = ${row.seq} and kind = ${row.kind}`.execute(trx)

/** Whether the chain grew for an hour without a checkpoint. */
export const isCheckpointDue = async (trx: Trx, accountId: string): Promise<boolean> => {
  const { rows } = await sql<{ due: boolean }>`
    select h.seq > coalesce(last.seq, 0) and coalesce(last.at, '-infinity') <= app_now() - interval '1 hour' as due
    from audit_heads h left join lateral (select c.seq, c.at from audit_checkpoints c
      where c.account_id = ${accountId} order by c.seq desc limit 1) last on true
    where h.account_id = ${accountId}`.execute(trx)
  return rows[0]?.due ?? false
}

export const listOldMonths = async (trx: Trx, months: number): Promise<string[]> => {
  const { rows } = await sql<{ month: string }>`
    select month from list_audit_months(app_now() - make_interval(months => ${months}))`.execute(trx)
  return rows.map((row) => row.month)
}

export const listMonthEnds = async (trx: Trx, month: string) => {
  const { rows } = await sql<{ account_id: string; seq: number; hash: Buffer }>`
    select account_id, seq, hash from lookup_audit_month_ends(${month}::date, ${month}::date + interval '1 month')`.execute(
    trx,
  )
  return rows
}

export const dropMonth = (trx: Trx, month: string) =>
  sql`select drop_audit_month(${month}::date)`.execute(trx)

/** Personal data to which no record leads any more. */
export const deleteLooseSubjects = (trx: Trx, accountId: string) =>
  sql`delete from audit_subjects s where s.account_id = ${accountId} and not exists (
    select from audit_entries e where e.account_id = ${accountId} and (e.subject = s.commitment or e.details = s.commitment))`.execute(
    trx,
  )
