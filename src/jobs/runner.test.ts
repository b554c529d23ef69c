import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { connectPool, inAccount, instanceAccountId, openDb } from '../db/pool.ts'
import { createTestDatabase } from '../db/test/databases.ts'
import type { Deps } from '../http/deps.ts'
import { makeLog } from '../http/log.ts'
import { systemClock } from '../lib/clock.ts'
import { openKeyRing } from '../lib/secrets.ts'
import { enqueue, type JobList, startJobs } from './index.ts'

const database = await createTestDatabase()
const pool = connectPool(database.urls.app, { max: 4, name: 'test' })
const jobsPool = connectPool(database.urls.jobs, { max: 6, name: 'test-jobs' })
const config = readConfig({
  LOG_LEVEL: 'error',
  SECRET_KEYS: `k1:${randomBytes(32).toString('base64')}`,
})
const deps: Deps = {
  config,
  db: openDb(pool),
  clock: systemClock(),
  keys: openKeyRing(config.secretKeys),
  log: makeLog(config),
  stopping: new AbortController().signal,
}

test('a code leaves while every place for long work is taken', async () => {
  const delivered = Promise.withResolvers<string>()
  const finished = Promise.withResolvers<void>()
  const long = () => finished.promise
  const jobs: JobList = {
    run_operation: long,
    plan_campaign: long,
    deliver_system: async (_deps, { id }) => delivered.resolve(id),
    answer_stranger: long,
    deliver_webhooks: long,
    read_inbound_mail: long,
    read_receipt_call: long,
    check_sender_domain: long,
    sender_domain_lost: long,
  }
  const put = (job: keyof JobList, id: string) =>
    inAccount(deps.db, instanceAccountId, (trx) => enqueue(trx, job, { account_id: instanceAccountId, id }))
  for (let n = 0; n < 10; n += 1) await put('run_operation', `long-${n}`)
  const runner = await startJobs(deps, jobsPool, jobs)
  afterAll(async () => {
    finished.resolve()
    await runner.stop()
    await Promise.all([pool.end(), jobsPool.end()])
    await database.drop()
  })
  await put('deliver_system', 'code')
  expect(await delivered.promise).toBe('code')
})
