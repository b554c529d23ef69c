import { readConfig } from '../../../config.ts'
import { connectPool, openDb } from '../../../db/pool.ts'
import { makeLog } from '../../../http/log.ts'
import { startJobs } from '../../../jobs/index.ts'
import { systemClock } from '../../../lib/clock.ts'
import { openKeyRing } from '../../../lib/secrets.ts'
import { jobs } from '../../../worker.ts'

// A worker in a process of its own, so that a test can kill it: `worker-process.ts <app url> <jobs url> <data dir>`.
const [appUrl = '', jobsUrl = '', dataDir = ''] = process.argv.slice(2)
const config = readConfig({ DATA_DIR: dataDir, CAMPANILE_TEST_SUPPORT: '1', LOG_LEVEL: 'error' })
const deps = {
  config,
  db: openDb(connectPool(appUrl, { max: 5, name: 'test-worker' })),
  clock: systemClock(),
  keys: openKeyRing(config.secretKeys),
  log: makeLog(config),
  stopping: new AbortController().signal,
}
await startJobs(deps, connectPool(jobsUrl, { max: 4, name: 'test-worker-jobs' }), jobs)
