import { pendingMigrations } from '../migrate.ts'
import type { Db } from '../pool.ts'
import { listOpenTables, listOwnTables, readOwnRole } from './queries.ts'

/** The start stops with this one line; it names what is wrong and no secret. */
export class StartRefused extends Error {
  override readonly name = 'start refused'
  readonly userMessage = true
}

/**
 * The walls between accounts stand in the database. A runtime role that they do not hold is a mistake of whoever set the
 * server up, and is better found before the first request (security.md §6.2).
 * @throws StartRefused
 */
export const checkRuntimeRole = async (db: Db): Promise<void> => {
  const role = await readOwnRole(db)
  if (!role) throw new StartRefused('DATABASE_URL: the server does not tell which role we are')
  if (role.superuser) throw new StartRefused(`DATABASE_URL: the role ${role.name} is a superuser`)
  if (role.bypasses) throw new StartRefused(`DATABASE_URL: the role ${role.name} has BYPASSRLS`)
  const own = await listOwnTables(db)
  if (own.length > 0)
    throw new StartRefused(`DATABASE_URL: the role ${role.name} owns tables of accounts (${own.join(', ')})`)
}

/** @throws StartRefused when a table of accounts stands open. */
export const checkTables = async (db: Db): Promise<void> => {
  const open = await listOpenTables(db)
  if (open.length > 0)
    throw new StartRefused(`DATABASE_URL: tables without forced row level security (${open.join(', ')})`)
}

/** @throws StartRefused when the database is behind the program. */
export const checkMigrations = async (ownerUrl: string): Promise<void> => {
  const pending = await pendingMigrations(ownerUrl)
  if (pending.length > 0)
    throw new StartRefused(`DATABASE_URL: migrations are pending (${pending.join(', ')})`)
}
