import { sql } from 'kysely'
import type { Db } from '../pool.ts'

export type RoleFacts = { readonly name: string; readonly superuser: boolean; readonly bypasses: boolean }

export const readOwnRole = async (db: Db): Promise<RoleFacts | null> => {
  const { rows } =
    await sql<RoleFacts>`select rolname::text as name, rolsuper as superuser, rolbypassrls as bypasses
    from pg_roles where rolname = current_user`.execute(db)
  return rows[0] ?? null
}

const accountTables = sql`pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'account_id'
    and not a.attisdropped`

/** Whoever owns a table, or may become its owner, is not held by its policies for long. */
export const listOwnTables = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select c.relname::text as name from ${accountTables}
    and pg_has_role(current_user, c.relowner, 'member') order by 1 limit 3`.execute(db)
  return rows.map((row) => row.name)
}

export const listOpenTables = async (db: Db): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select c.relname::text as name from ${accountTables}
    and not (c.relrowsecurity and c.relforcerowsecurity) order by 1 limit 3`.execute(db)
  return rows.map((row) => row.name)
}
