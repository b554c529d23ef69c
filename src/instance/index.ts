import { hostname } from 'node:os'
import pg from 'pg'
import type { Deps } from '../http/deps.ts'
import { installPlainClock, installTestClock } from '../test-support/index.ts'
import { deleteHeartbeat, ensurePartitions, saveSweep, upsertHeartbeat } from './queries.ts'

/** This and the next two months of every partitioned table exist before anything is written. */
export const preparePartitions = async (deps: Deps): Promise<void> => {
  await ensurePartitions(deps.db)
}

const preparedFor = new WeakMap<Deps, string>()

/**
 * Part of the sweep, before everything that writes: a new month, or a jump of the test clock, finds its partitions.
 * A failure is told and tried again; rows go to the default partition meanwhile.
 */
export const keepPartitions = async (deps: Deps): Promise<void> => {
  const month = deps.clock.now().toISOString().slice(0, 'yyyy-mm'.length)
  if (preparedFor.get(deps) === month) return
  try {
    await preparePartitions(deps)
    preparedFor.set(deps, month)
  } catch (error) {
    deps.log.warn({ err: error }, 'the partitions of this month could not be made yet')
  }
}

export const beatNode = async (deps: Deps, nodeId: string): Promise<void> => {
  const node = {
    id: nodeId,
    roles: deps.config.roles,
    host: hostname(),
    processId: process.pid,
    at: deps.clock.now(),
  }
  await upsertHeartbeat(deps.db, node)
}

/** Runs the sweep and says so, for the health of sending (sending.md §11.3). */
export const sweepAndTell = async (deps: Deps, nodeId: string, sweep: () => Promise<void>): Promise<void> => {
  await sweep()
  await saveSweep(deps.db, nodeId)
}

export const forgetNode = async (deps: Deps, nodeId: string): Promise<void> => {
  await deleteHeartbeat(deps.db, nodeId)
}

/** As owner: SQL asks the plain clock, or under test support the one that can be moved. */
export const switchClock = async (ownerUrl: string, testSupport: boolean): Promise<void> => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(testSupport ? installTestClock : installPlainClock)
  } finally {
    await client.end()
  }
}
