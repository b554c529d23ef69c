import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'
import { type EntryRow, entryColumns } from '../queries.ts'

/** The next entries of a chain, in its order. */
export const listEntriesAfter = async (
  trx: Trx,
  accountId: string,
  after: { seq: number; at: string },
  limit: number,
): Promise<EntryRow[]> => {
  const { rows } = await sql<EntryRow>`select ${entryColumns} from audit_entries e
    where e.account_id = ${accountId} and (e.seq, e.at) > (${after.seq}::bigint, ${after.at}::timestamptz)
    order by e.seq, e.at limit ${limit}`.execute(trx)
  return rows
}

export const findEntryHash = async (trx: Trx, accountId: string, seq: number): Promise<Buffer | null> => {
  const { rows } = await sql<{ hash: Buffer }>`select hash from audit_entries
    where account_id = ${accountId} and seq = ${seq} order by at limit 1`.execute(trx)
  return rows[0]?.hash ?? null
}
