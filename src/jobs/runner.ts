import { Logger, type Runner, run, runMigrations } from 'graphile-worker'
import type pg from 'pg'
import type { Deps } from '../http/deps.ts'
import type { JobList, JobPayload } from './jobs.ts'

const concurrency = 3

const libraryLogger = (deps: Deps): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') deps.log.error({ part: 'jobs' }, message)
    else if (level === 'warning') deps.log.warn({ part: 'jobs' }, message)
    else deps.log.debug({ part: 'jobs' }, message)
  })

export const migrateJobs = (deps: Deps, pgPool: pg.Pool): Promise<void> =>
  runMigrations({ pgPool, logger: libraryLogger(deps) })

/** Runs jobs as campanile_jobs; handlers themselves work through the runtime role. */
export const startJobs = (deps: Deps, pgPool: pg.Pool, jobs: JobList): Promise<Runner> =>
  run({
    pgPool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: libraryLogger(deps),
    taskList: Object.fromEntries(
      Object.entries(jobs).map(([name, handler]) => [
        name,
        (payload: unknown) => handler(deps, payload as JobPayload),
      ]),
    ),
  })
