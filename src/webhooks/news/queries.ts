import { sql } from 'kysely'
import type { Db, Trx } from '../../db/pool.ts'

/** The first endpoint of an account is told what happens from now on. */
export const startCursor = (trx: Trx, accountId: string) =>
  sql`insert into webhook_cursors (account_id, audit_seq)
    select ${accountId}::uuid, coalesce((select seq from audit_heads where account_id = ${accountId}), 0)
    on conflict (account_id) do nothing`.execute(trx)

export const dropCursorWithoutEndpoints = (trx: Trx, accountId: string) =>
  sql`delete from webhook_cursors where account_id = ${accountId}
    and not exists (select from webhook_endpoints where account_id = ${accountId})`.execute(trx)

/** Null while another process reads on, or when there is nothing to read for. */
export const lockCursor = async (trx: Trx, accountId: string): Promise<number | null> => {
  const { rows } = await sql<{ audit_seq: number }>`select audit_seq from webhook_cursors
    where account_id = ${accountId} for update skip locked`.execute(trx)
  return rows[0]?.audit_seq ?? null
}

export const moveCursor = (trx: Trx, accountId: string, seq: number) =>
  sql`update webhook_cursors set audit_seq = ${seq} where account_id = ${accountId}`.execute(trx)

export const listAccountsWithNews = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_webhook_news()`.execute(db)
  return rows.map((row) => row.account_id)
}

export const findApprovalKind = async (trx: Trx, accountId: string, id: string): Promise<string | null> => {
  const { rows } = await sql<{ kind: string }>`select kind from approvals
    where account_id = ${accountId} and id = ${id}`.execute(trx)
  return rows[0]?.kind ?? null
}
