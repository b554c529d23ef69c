import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { openKeyRing } from '../lib/secrets.ts'
import { withUser } from './connection.ts'
import { DataDirInUse } from './lock.ts'
import { type OpenDatabase, openDatabase } from './open.ts'
import { readPasswords } from './roles/passwords.ts'
import { type DatabaseUrls, ensureRoles, urlsFromVariables } from './roles.ts'

/** PostgreSQL's own note beside its data says in its fourth line where it listens. */
const portOf = async (dataDir: string): Promise<number | null> => {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')
  const port = Number(text.split('\n')[3])
  return Number.isInteger(port) && port > 0 ? port : null
}

const embeddedUrls = async (config: Config, cause: unknown): Promise<DatabaseUrls> => {
  const port = await portOf(config.dataDir)
  const passwords = await readPasswords(config.dataDir, openKeyRing(config.secretKeys))
  if (port === null || !passwords)
    throw new Error('The running program is not ready yet; try again in a moment.', { cause })
  const base = `postgres://nobody@127.0.0.1:${port}/campanile`
  return {
    owner: withUser(base, 'campanile_owner', passwords.campanile_owner),
    app: withUser(base, 'campanile_app', passwords.campanile_app),
    jobs: withUser(base, 'campanile_jobs', passwords.campanile_jobs),
  }
}

const runningUrls = (config: Config, cause: unknown): Promise<DatabaseUrls> => {
  const { databaseUrl, databaseMigrationUrl, dataDir, secretKeys } = config
  if (databaseUrl === null) return embeddedUrls(config, cause)
  return databaseMigrationUrl
    ? Promise.resolve(urlsFromVariables(databaseUrl, databaseMigrationUrl))
    : ensureRoles(databaseUrl, { dataDir, seal: openKeyRing(secretKeys) })
}

/**
 * For commands in a shell of the host: the database of the program that runs on this DATA_DIR; where none runs, it is
 * opened for as long as the command takes.
 */
export const openBeside = async (config: Config, say: (line: string) => void): Promise<OpenDatabase> => {
  try {
    return await openDatabase(config, say)
  } catch (error) {
    if (!(error instanceof DataDirInUse)) throw error
    return { urls: await runningUrls(config, error), close: async () => {} }
  }
}
