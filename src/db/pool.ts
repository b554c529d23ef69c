import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { contactScopeSetting } from './contact-scope.ts'
import { preparingPool } from './prepared.ts'
import type { Schema } from './schema.ts'

export type Db = Kysely<Schema>
/** A transaction in which `app.account_id` is set: row level security shows that account's rows alone. */
export type Trx = Transaction<Schema>

/** The operator is itself an account (account.md §1). */
export const instanceAccountId = '00000000-0000-7000-8000-000000000000'

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    // Counters stay far below 2^53; dates have no zone and must not become one.
    if (oid === 20) return Number
    if (oid === 1082) return (text: string) => text
    return pg.types.getTypeParser(oid, format as 'text')
  },
}

export const connectPool = (url: string, options: { max: number; name: string }): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, max: options.max, application_name: options.name, types })
  // A broken idle connection is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export const openDb = (pool: pg.Pool): Db =>
  new Kysely<Schema>({ dialect: new PostgresDialect({ pool: preparingPool(pool) }) })

export const useAccount = async (trx: Trx, accountId: string): Promise<void> => {
  await sql`select set_config('app.account_id', ${accountId}, true),
    set_config('app.contact_groups', ${contactScopeSetting()}, true)`.execute(trx)
}

/** Runs `act` in one transaction of the account; it commits when `act` returns and rolls back when it throws. */
export const inAccount = <T>(db: Db, accountId: string, act: (trx: Trx) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (trx) => {
    await useAccount(trx, accountId)
    return act(trx)
  })

/** Like `inAccount`, read only: all statements see one moment, so that figures and lists of one answer agree. */
export const inAccountSnapshot = <T>(db: Db, accountId: string, act: (trx: Trx) => Promise<T>): Promise<T> =>
  db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (trx) => {
      await useAccount(trx, accountId)
      return act(trx)
    })

/** A snapshot that outlives a function, for streamed answers; whoever opened it rolls it back. */
export const openSnapshot = async (db: Db, accountId: string) => {
  const trx = await db
    .startTransaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute()
  await useAccount(trx, accountId).catch(async (error: unknown) => {
    await trx.rollback().execute()
    throw error
  })
  return trx
}
