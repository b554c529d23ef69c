import { Logger, runMigrations } from 'graphile-worker'
import type { TestProject } from 'vitest/node'
import { migrate } from '../migrate.ts'
import { ensureRoles } from '../roles.ts'
import { makeDataDir, removeDataDir, startHastily, sweepDataDirs } from './data-dirs.ts'
import { templateDatabase } from './queries.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one server of this run; its template database has the roles, the schema and the job library. */
    testServer: { superuserUrl: string; urls: { owner: string; app: string; jobs: string } }
  }
}

const quiet = new Logger(() => () => {})

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dataDir = await makeDataDir()
  await sweepDataDirs(dataDir)
  const server = await startHastily(dataDir, { max_connections: '200', autovacuum: 'off' })
  const urls = await ensureRoles(server.superuserUrl, { dataDir, database: templateDatabase })
  await migrate(urls.owner)
  await runMigrations({ connectionString: urls.jobs, logger: quiet })
  project.provide('testServer', { superuserUrl: server.superuserUrl, urls })
  return async () => {
    await server.stop()
    await removeDataDir(dataDir)
  }
}
