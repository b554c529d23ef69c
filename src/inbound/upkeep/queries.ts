import { sql } from 'kysely'
import type { Db } from '../../db/pool.ts'

/** Accounts where something waits, was left unread or is old; bare ids. */
export const listAccountsWithWork = async (db: Db): Promise<string[]> => {
  const { rows } = await sql<{ account_id: string }>`select account_id from lookup_inbound_work()`.execute(db)
  return rows.map((row) => row.account_id)
}
