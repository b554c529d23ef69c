import { sql } from 'kysely'
import type { Trx } from '../../db/pool.ts'

export const findAccountZone = async (trx: Trx, accountId: string): Promise<string> => {
  const row = await trx
    .selectFrom('accounts')
    .select('time_zone')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.time_zone ?? 'UTC'
}

/** Time zones of recipients by their key; who has none keeps that of the account. */
export const listZones = async (
  trx: Trx,
  accountId: string,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const { rows } = await sql<{ id: string; time_zone: string }>`
    select id::text as id, time_zone from contacts
    where account_id = ${accountId} and id = any(${[...keys]}::uuid[]) and time_zone is not null`.execute(trx)
  return new Map(rows.map((row) => [row.id, row.time_zone]))
}
