import type { Client } from 'pg'
import { loginRoles, type RolePasswords, scramVerifier } from './passwords.ts'

const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`

const createRole = (role: string): string =>
  `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`

/**
 * Roles belong to the whole server; several databases of Campanile share them. campanile_owner may act as the two
 * roles below it, because its migrations hand functions over to them.
 */
export const roleStatements = (passwords: RolePasswords): string[] => [
  ...[...loginRoles, 'campanile_lookup'].map(createRole),
  ...loginRoles.map((role) => `alter role ${role} login password '${scramVerifier(passwords[role])}'`),
  'grant campanile_lookup, campanile_jobs to campanile_owner',
]

/**
 * Rights in one database. campanile_app gets no right to create anything, temporary tables included;
 * campanile_jobs may, because its library makes its own schema; the owner of a function needs `create` on its schema.
 */
export const databaseStatements = (database: string): string[] => [
  'create extension if not exists pg_trgm with schema public',
  `revoke temporary on database ${name(database)} from public`,
  `grant connect on database ${name(database)} to campanile_owner, campanile_app, campanile_jobs`,
  `grant create, temporary on database ${name(database)} to campanile_owner`,
  `grant create on database ${name(database)} to campanile_jobs`,
  'revoke create on schema public from public',
  'grant usage on schema public to campanile_app',
  'grant usage, create on schema public to campanile_owner, campanile_jobs, campanile_lookup',
]

export type Administrator = {
  readonly name: string
  readonly versionNumber: number
  readonly isSuperuser: boolean
  readonly mayCreateRoles: boolean
  readonly mayCreateDatabases: boolean
}

export const readAdministrator = async (client: Client): Promise<Administrator> => {
  const { rows } = await client.query<Administrator>(`
    select rolname as "name", current_setting('server_version_num')::int as "versionNumber",
           rolsuper as "isSuperuser", rolsuper or rolcreaterole as "mayCreateRoles",
           rolsuper or rolcreatedb as "mayCreateDatabases"
    from pg_roles where rolname = current_user`)
  const administrator = rows[0]
  if (!administrator) throw new Error('The server does not tell who we are')
  return administrator
}

export type DatabaseFacts = { readonly encoding: string; readonly isOurs: boolean }

/** `isOurs`: the current user may grant rights in it, as its owner or as superuser. */
export const findDatabase = async (client: Client, database: string): Promise<DatabaseFacts | null> => {
  const { rows } = await client.query<DatabaseFacts>(
    `select pg_encoding_to_char(encoding) as encoding, pg_has_role(datdba, 'usage') as "isOurs"
     from pg_database where datname = $1`,
    [database],
  )
  return rows[0] ?? null
}

/** Only a superuser may give a new database away. */
export const createDatabase = async (
  client: Client,
  database: string,
  owner: string | null,
): Promise<void> => {
  await client.query(`create database ${name(database)} encoding 'UTF8' ${owner ? `owner ${owner}` : ''}`)
}

/** Two programs that start at once would otherwise change the same catalogue rows ("tuple concurrently updated"). */
export const lockRoles = (client: Client) => client.query('select pg_advisory_lock($1)', [0x726f6c65])

export const runStatements = async (client: Client, statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await client.query(statement)
}

export const createJobsSchema = (client: Client) =>
  client.query('create schema if not exists graphile_worker')
