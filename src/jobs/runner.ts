import { Logger, type Runner, run, runMigrations } from 'graphile-worker'
import type pg from 'pg'
import type { Deps } from '../http/deps.ts'
import type { JobHandler, JobList, JobName, JobPayload } from './jobs.ts'

/** Somebody sits in front of a screen and waits for the first; a long import must not stand before them. */
const awaited: readonly string[] = ['deliver_system', 'answer_stranger'] satisfies JobName[]
/** These wait for machines of strangers, who may be slow on purpose. */
const patient: readonly string[] = ['deliver_webhooks', 'check_sender_domain'] satisfies JobName[]

const groups = [
  { holds: (name: string) => awaited.includes(name), concurrency: 3 },
  { holds: (name: string) => patient.includes(name), concurrency: 8 },
  { holds: (name: string) => !awaited.includes(name) && !patient.includes(name), concurrency: 3 },
]

const libraryLogger = (deps: Deps): Logger =>
  new Logger(() => (level, message) => {
    if (level === 'error') deps.log.error({ part: 'jobs' }, message)
    else if (level === 'warning') deps.log.warn({ part: 'jobs' }, message)
    else deps.log.debug({ part: 'jobs' }, message)
  })

export const migrateJobs = (deps: Deps, pgPool: pg.Pool): Promise<void> =>
  runMigrations({ pgPool, logger: libraryLogger(deps) })

const startSome = (deps: Deps, pgPool: pg.Pool, some: JobHandlers, concurrency: number): Promise<Runner> =>
  run({
    pgPool,
    concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: libraryLogger(deps),
    taskList: Object.fromEntries(
      some.map(([name, handler]) => [name, (payload: unknown) => handler(deps, payload as JobPayload)]),
    ),
  })

type JobHandlers = readonly (readonly [name: string, handler: JobHandler])[]

/** Runs jobs as campanile_jobs; handlers themselves work through the runtime role. */
export const startJobs = async (
  deps: Deps,
  pgPool: pg.Pool,
  jobs: JobList,
): Promise<{ stop(): Promise<void> }> => {
  const all = Object.entries(jobs)
  const runners = await Promise.all(
    groups.map(({ holds, concurrency }) =>
      startSome(
        deps,
        pgPool,
        all.filter(([name]) => holds(name)),
        concurrency,
      ),
    ),
  )
  return {
    stop: async () => {
      await Promise.all(runners.map((runner) => runner.stop()))
    },
  }
}
