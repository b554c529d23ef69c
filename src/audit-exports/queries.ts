import { sql } from 'kysely'
import type { Trx } from '../db/pool.ts'

export type NewExport = {
  id: string
  requestedBy: string
  from: Date
  to: Date
  format: 'csv' | 'json'
  expiresAt: Date
}

export const insertExport = (trx: Trx, accountId: string, given: NewExport) =>
  trx
    .insertInto('audit_exports')
    .values({
      account_id: accountId,
      id: given.id,
      requested_by: given.requestedBy,
      from_at: given.from,
      to_at: given.to,
      format: given.format,
      expires_at: given.expiresAt,
    })
    .execute()

export type ExportRow = {
  id: string
  requested_by: string
  from_at: Date
  to_at: Date
  format: 'csv' | 'json'
  expires_at: Date
  state: string
  done: number
}

export const findExport = async (trx: Trx, accountId: string, id: string): Promise<ExportRow | null> => {
  const { rows } = await sql<ExportRow>`
    select x.id, x.requested_by, x.from_at, x.to_at, x.format, x.expires_at, o.state, o.done
    from audit_exports x join operations o on o.account_id = x.account_id and o.id = x.id
    where x.account_id = ${accountId} and x.id = ${id}`.execute(trx)
  return rows[0] ?? null
}

/** A part written twice, by a worker and its successor, is one part. */
export const insertPart = (
  trx: Trx,
  accountId: string,
  exportId: string,
  position: number,
  content: Buffer,
) =>
  sql`insert into audit_export_parts (account_id, export_id, position, content)
    values (${accountId}, ${exportId}, ${position}, ${content})
    on conflict (account_id, export_id, position) do update set content = excluded.content`.execute(trx)

export const findPart = async (
  trx: Trx,
  accountId: string,
  exportId: string,
  position: number,
): Promise<Buffer | null> => {
  const { rows } = await sql<{ content: Buffer }>`select content from audit_export_parts
    where account_id = ${accountId} and export_id = ${exportId} and position = ${position}`.execute(trx)
  return rows[0]?.content ?? null
}

/** The row stays as long as its operation, to say that the file is gone. */
export const deleteExpiredParts = (trx: Trx, accountId: string) =>
  sql`delete from audit_export_parts p using audit_exports x
    where x.account_id = ${accountId} and p.account_id = x.account_id and p.export_id = x.id
      and x.expires_at <= app_now()`.execute(trx)
