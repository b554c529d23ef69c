import { fileURLToPath } from 'node:url'
import { DatabaseError } from 'pg'
import { withConnection } from './connection.ts'
import { type MigrationFile, readMigrationFiles } from './migrations/files.ts'
import { applyFile, createRecord, listApplied, lockMigrations, type Querying } from './migrations/queries.ts'

const shipped = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Applies the plain SQL files that are not yet recorded in `schema_migrations`, each in a transaction, as
 * campanile_owner. Two starters do not race: the second waits and finds nothing to do. A database that is ahead of
 * the files is left alone, because migrations are written so that older programs survive them.
 */
export const migrate = async (
  ownerUrl: string,
  options: { directory?: string } = {},
): Promise<{ applied: string[] }> => {
  const files = await readMigrationFiles(options.directory ?? shipped)
  return withConnection(ownerUrl, async (client) => {
    await lockMigrations(client)
    await createRecord(client)
    const pending = pendingFiles(files, await listApplied(client))
    for (const file of pending) {
      await applyFile(client, file).catch((cause: unknown) => {
        throw new Error(`Migration ${file.name} failed: ${explain(cause, file.sql)}`, { cause })
      })
    }
    return { applied: pending.map(({ name }) => name) }
  })
}

/** Names of the files that the database has not seen yet; refuses, like `migrate`, a file changed since. */
export const pendingMigrations = async (
  database: string | Querying,
  options: { directory?: string } = {},
): Promise<string[]> => {
  const files = await readMigrationFiles(options.directory ?? shipped)
  const applied =
    typeof database === 'string' ? await withConnection(database, listApplied) : await listApplied(database)
  return pendingFiles(files, applied).map(({ name }) => name)
}

const pendingFiles = (
  files: readonly MigrationFile[],
  applied: ReadonlyMap<string, string>,
): MigrationFile[] =>
  files.filter((file) => {
    const sha256 = applied.get(file.name)
    if (sha256 !== undefined && sha256 !== file.sha256) {
      throw new Error(
        `Migration ${file.name} was changed after it had been applied to this database. ` +
          'Applied files are frozen: restore it and write a new one.',
      )
    }
    return sha256 === undefined
  })

const explain = (cause: unknown, sql: string): string => {
  if (!(cause instanceof Error)) return String(cause)
  if (!(cause instanceof DatabaseError) || !cause.position) return cause.message
  const line = sql.slice(0, Number(cause.position) - 1).split('\n').length
  return `line ${line}: ${cause.message}`
}
