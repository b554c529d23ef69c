import type { Client } from 'pg'
import type { MigrationFile } from './files.ts'

/** Only that it is the same number in every program that migrates ("camp" in ASCII). */
const lockKey = 0x63616d70

export type Querying = { query(text: string): Promise<{ rows: Record<string, unknown>[] }> }

/** Held by the connection, so it also ends with a starter that dies. */
export const lockMigrations = (client: Client) => client.query('select pg_advisory_lock($1)', [lockKey])

/** The time is the machine's and not the product's: `app_now()` does not exist before the first file has run. */
export const createRecord = async (client: Client): Promise<void> => {
  await client.query(`
    create table if not exists public.schema_migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default statement_timestamp()
    )`)
  await client.query(`
    do $$ begin
      if exists (select from pg_roles where rolname = 'campanile_app') then
        grant select on public.schema_migrations to campanile_app;
      end if;
    end $$`)
}

/** Name → sha256 of every applied file; empty before the first migration. */
export const listApplied = async (db: Querying): Promise<Map<string, string>> => {
  const known = await db.query(`select to_regclass('public.schema_migrations') is not null as exists`)
  if (!known.rows[0]?.['exists']) return new Map()
  const { rows } = await db.query('select name, sha256 from public.schema_migrations')
  return new Map(rows.map((row) => [String(row['name']), String(row['sha256'])]))
}

export const applyFile = async (client: Client, file: MigrationFile): Promise<void> => {
  await client.query('begin')
  try {
    await client.query(file.sql)
    await client.query('insert into public.schema_migrations (name, sha256) values ($1, $2)', [
      file.name,
      file.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    // When the connection itself is gone the server has rolled back already.
    await client.query('rollback').catch(() => {})
    throw error
  }
}
