import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { untilEnded, upload } from './test/import-file.ts'

const app = await startTestApp()
const { owner } = app

const rowsPerChunk = 10_000
const rows = 32_000
const workers: ChildProcess[] = []

const startWorker = (): ChildProcess => {
  const script = fileURLToPath(new URL('./test/worker-process.ts', import.meta.url))
  const worker = spawn(process.execPath, [script, app.urls.app, app.urls.jobs, app.deps.config.dataDir], {
    stdio: 'ignore',
  })
  workers.push(worker)
  return worker
}

const kill = async (worker: ChildProcess): Promise<void> => {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
}

afterEach(async () => {
  for (const worker of workers.splice(0)) await kill(worker)
})

const fileOf = (prefix: string): string => {
  const lines = Array.from({ length: rows }, (_, index) => `${prefix}${index}@example.org;Name ${index}`)
  lines[5] = 'no-address;X'
  lines[31_000] = `${prefix}0@example.org;Again`
  return `email;first_name\n${lines.join('\n')}\n`
}

const until = async (id: string, reached: (done: number) => boolean): Promise<number> => {
  for (;;) {
    const { body } = await owner.get(`/imports/${id}`)
    if (reached(body.counts.done)) return body.counts.done
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

const expected = {
  rows,
  done: rows,
  inserted: rows - 2,
  updated: 0,
  unchanged: 0,
  group_only: 0,
  skipped: 1,
  rejected: 1,
  by_code: { email_invalid: 1, duplicate_in_file: 1 },
}

const start = async (prefix: string, settings: object = {}): Promise<string> => {
  const started = await upload(owner, fileOf(prefix), { settings }, '?start=true')
  expect(started.status, started.raw).toBe(202)
  return started.body.id
}

const foundWith = async (prefix: string): Promise<number> =>
  (await owner.get(`/contacts/count?q=${prefix}`)).body.count

test('a worker killed in the middle loses and doubles nobody: its successor goes on after the last chunk', async () => {
  const group = (await owner.post('/groups', { name: 'Killed' })).body
  const id = await start('killed', { group_ids: [group.id] })
  const first = startWorker()
  const done = await until(id, (count) => count >= rowsPerChunk)
  await kill(first)
  expect(done).toBeLessThan(rows)
  startWorker()
  await app.advance(31)
  const ended = await untilEnded(owner, id)
  expect(ended).toMatchObject({ state: 'completed', counts: expected })
  expect(await foundWith('killed')).toBe(expected.inserted)
  expect((await owner.get(`/groups/${group.id}`)).body.member_count).toBe(expected.inserted)
  const { rows: kept } = await inAccount(app.db, app.accountId, (trx) =>
    sql<{ n: number; lines: number }>`select count(*) as n, count(distinct line_no) as lines from import_rows
      where account_id = ${app.accountId} and import_id = ${id}`.execute(trx),
  )
  expect(kept).toEqual([{ n: rows, lines: rows }])
  const history = await inAccount(app.db, app.accountId, (trx) =>
    sql<{ n: number }>`select count(*) as n from consents where account_id = ${app.accountId}`.execute(trx),
  )
  expect(history.rows).toEqual([{ n: expected.inserted }])
}, 120_000)

test('after a crash of the database that emptied the staging table the file is read again', async () => {
  const id = await start('emptied')
  const first = startWorker()
  await until(id, (count) => count >= rowsPerChunk)
  await kill(first)
  await inAccount(app.db, app.accountId, (trx) =>
    sql`delete from import_staging where account_id = ${app.accountId}`.execute(trx),
  )
  startWorker()
  await app.advance(31)
  expect(await untilEnded(owner, id)).toMatchObject({ state: 'completed', counts: expected })
  expect(await foundWith('emptied')).toBe(expected.inserted)
}, 120_000)

test('a paused import stands still and goes on when resumed; a canceled one keeps whole chunks', async () => {
  const id = await start('paused')
  startWorker()
  await until(id, (count) => count >= rowsPerChunk)
  const paused = await owner.post(`/imports/${id}/pause`)
  expect(paused.body.state).toBe('paused')
  const standing = (await owner.get(`/imports/${id}`)).body.counts.done
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect((await owner.get(`/imports/${id}`)).body.counts.done).toBe(standing)
  expect((await owner.post(`/imports/${id}/resume`)).body.state).toBe('pending')
  expect(await untilEnded(owner, id)).toMatchObject({ state: 'completed', counts: expected })

  const second = await start('stopped')
  await until(second, (count) => count >= rowsPerChunk)
  const canceled = await owner.post(`/imports/${second}/cancel`)
  expect(canceled.body.state).toBe('canceled')
  const { counts } = (await owner.get(`/imports/${second}`)).body
  expect(counts.done % rowsPerChunk).toBe(0)
  expect(await foundWith('stopped')).toBe(counts.inserted)
}, 120_000)
