import type { FastifyInstance } from 'fastify'
import { checkMigrations, checkRuntimeRole, checkTables, StartRefused } from './db/guards/guards.ts'
import type { Db } from './db/pool.ts'
import type { DatabaseUrls } from './db/roles.ts'

/** Below it, a request could smuggle what the hooks have not seen. */
const fastifyFloor = [5, 12, 1] as const

/** @throws StartRefused */
export const checkFastify = (version: string): void => {
  const parts = version.split('.').map(Number)
  const at = fastifyFloor.findIndex((floor, place) => (parts[place] ?? 0) !== floor)
  if (at >= 0 && (parts[at] ?? 0) < (fastifyFloor[at] ?? 0))
    throw new StartRefused(`fastify: version ${version} is older than ${fastifyFloor.join('.')}`)
}

/**
 * Every path of the API says who may call it, or the program does not start.
 * @throws StartRefused
 */
export const checkRoutes = (app: Pick<FastifyInstance, 'served' | 'version'>): void => {
  checkFastify(app.version)
  const bare = app.served.filter(({ url, contract }) => url.startsWith('/api/') && !contract?.access)
  if (bare.length > 0)
    throw new StartRefused(`routes without a declared action: ${bare.map(({ url }) => url).join(', ')}`)
}

/** @throws StartRefused */
export const checkDatabase = async (db: Db, urls: Pick<DatabaseUrls, 'owner'>): Promise<void> => {
  await checkMigrations(urls.owner)
  await checkRuntimeRole(db)
  await checkTables(db)
}
