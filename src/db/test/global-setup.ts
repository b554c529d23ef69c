import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import type { TestProject } from 'vitest/node'
import { startEmbeddedDatabase } from '../embedded/index.ts'
import { migrate } from '../migrate.ts'
import { ensureRoles } from '../roles.ts'
import { templateDatabase } from './queries.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The one server of this run; its template database has the roles, the schema and the job library. */
    testServer: { superuserUrl: string; urls: { owner: string; app: string; jobs: string } }
  }
}

/** Nothing of a test run has to survive a power cut. */
export const hastySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '200',
}

const quiet = new Logger(() => () => {})

export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'campanile-test-'))
  // The database's unprivileged user must be able to enter it.
  await chmod(dataDir, 0o755)
  const server = await startEmbeddedDatabase({ dataDir, log: () => {}, settings: hastySettings })
  const urls = await ensureRoles(server.superuserUrl, { dataDir, database: templateDatabase })
  await migrate(urls.owner)
  await runMigrations({ connectionString: urls.jobs, logger: quiet })
  project.provide('testServer', { superuserUrl: server.superuserUrl, urls })
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
