import type { Config } from '../config.ts'
import { openKeyRing } from '../lib/secrets.ts'
import { startEmbeddedDatabase } from './embedded/index.ts'
import { lockDataDir } from './lock.ts'
import { migrate } from './migrate.ts'
import { type DatabaseUrls, ensureRoles, urlsFromVariables } from './roles.ts'

export type OpenDatabase = { readonly urls: DatabaseUrls; readonly close: () => Promise<void> }

/** Roles of an outside server: made by us where the user may, else by an administrator and named by both variables. */
const outsideUrls = async (config: Config, databaseUrl: string): Promise<DatabaseUrls> =>
  config.databaseMigrationUrl
    ? urlsFromVariables(databaseUrl, config.databaseMigrationUrl)
    : ensureRoles(databaseUrl, { dataDir: config.dataDir, seal: openKeyRing(config.secretKeys) })

/** The server's own chatter is for debugging; its warnings and our notices are for everyone. */
const quieten = (config: Config, say: (line: string) => void) => (line: string) => {
  // Said of each connection at every stop; for the server it is an error, for people it is none.
  if (config.logLevel !== 'debug' && line.includes('due to administrator command')) return
  if (config.logLevel === 'debug' || !/^\[\d+\] (?:LOG|HINT|DETAIL|CONTEXT|STATEMENT):/.test(line)) say(line)
}

const openOutside = async (config: Config, databaseUrl: string): Promise<OpenDatabase> => {
  const urls = await outsideUrls(config, databaseUrl)
  await migrate(urls.owner)
  return { urls, close: async () => {} }
}

const openEmbedded = async (config: Config, say: (line: string) => void): Promise<OpenDatabase> => {
  say('Starting the built-in PostgreSQL …')
  const server = await startEmbeddedDatabase({ dataDir: config.dataDir, log: quieten(config, say) })
  if (server.notice) say(server.notice)
  try {
    const seal = openKeyRing(config.secretKeys)
    const urls = await ensureRoles(server.superuserUrl, {
      dataDir: config.dataDir,
      database: 'campanile',
      seal,
    })
    const { applied } = await migrate(urls.owner)
    if (applied.length > 0) say(`Database brought up to date (${applied.length} steps).`)
    return { urls, close: server.stop }
  } catch (error) {
    await server.stop()
    throw error
  }
}

/**
 * The migrated database of this process: DATABASE_URL, or the built-in server, which stops with the program.
 * @throws DataDirInUse when another program works in DATA_DIR.
 */
export const openDatabase = async (config: Config, say: (line: string) => void): Promise<OpenDatabase> => {
  const release = await lockDataDir(config.dataDir)
  try {
    const opened = config.databaseUrl
      ? await openOutside(config, config.databaseUrl)
      : await openEmbedded(config, say)
    const close = async () => {
      await opened.close()
      await release()
    }
    return { urls: opened.urls, close }
  } catch (error) {
    await release()
    throw error
  }
}
