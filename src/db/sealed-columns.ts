import { sql } from 'kysely'
import type { KeyRing } from '../lib/secrets.ts'
import type { Trx } from './pool.ts'

/** A column sealed with SECRET_KEYS themselves; what is sealed with an account's data key rests on `accounts`. */
export type SealedColumn = {
  readonly table: string
  readonly column: string
  /** Tells rows of one account apart, and is what the context is made of. */
  readonly key: string
  readonly purpose: string
  readonly context: (key: string) => string
}

/**
 * Seals a column of one account anew with the first key; answers how many rows changed. A row that somebody writes
 * meanwhile keeps what was written: that is sealed with the first key already.
 */
export const resealColumn = async (
  trx: Trx,
  keys: KeyRing,
  accountId: string,
  sealed: SealedColumn,
): Promise<number> => {
  const [table, column, key] = [sql.table(sealed.table), sql.ref(sealed.column), sql.ref(sealed.key)]
  const { rows } = await sql<{ key: string; value: Buffer }>`select ${key}::text as key, ${column} as value
    from ${table} where account_id = ${accountId} and ${column} is not null`.execute(trx)
  let changed = 0
  for (const row of rows) {
    const anew = keys.reseal(sealed.purpose, sealed.context(row.key), row.value)
    if (!anew) continue
    await sql`update ${table} set ${column} = ${anew}
      where account_id = ${accountId} and ${key}::text = ${row.key} and ${column} = ${row.value}`.execute(trx)
    changed += 1
  }
  return changed
}
