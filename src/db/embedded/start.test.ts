import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { withConnection, withUser } from '../connection.ts'
import { makeDataDir, removeDataDir, startHastily } from '../test/data-dirs.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from './index.ts'
import { freeLoopbackPort } from './port.ts'

let dataDir: string
let running: EmbeddedDatabase | null

beforeAll(async () => {
  dataDir = await makeDataDir()
})

beforeEach(() => {
  running = null
})

afterEach(() => running?.stop())

afterAll(() => removeDataDir(dataDir))

const inOtherDataDir = async (act: (other: string) => Promise<void>): Promise<void> => {
  const other = await makeDataDir()
  try {
    await act(other)
  } finally {
    await removeDataDir(other)
  }
}

const start = async (settings?: Record<string, string>): Promise<string> => {
  running = await startHastily(dataDir, settings)
  return running.superuserUrl
}

const rows = (url: string, sql: string) =>
  withConnection(url, async (client) => (await client.query(sql)).rows)

test('what was written is there after a stop and a second start', async () => {
  await rows(await start(), `create table cities as select 'Łódź' as city`)
  await running?.stop()
  expect(await rows(await start(), 'select upper(city) as city from cities')).toEqual([{ city: 'ŁÓDŹ' }])
})

test('a stopped database takes no more connections and its process is gone', async () => {
  const url = await start()
  const pid = Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])
  await running?.stop()
  expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  await expect(rows(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('without further settings it is durable and listens on loopback only', async () => {
  running = await startEmbeddedDatabase({ dataDir, log: () => {} })
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'listen_addresses',
    'unix_socket_directories',
  ]
  const found = await rows(
    running.superuserUrl,
    `select name, setting from pg_settings where name in ('${names.join("','")}')`,
  )
  expect(Object.fromEntries(found.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  })
})

test('nobody gets in without the password, which only the owner of the data directory can read', async () => {
  const url = await start()
  await expect(rows(withUser(url, 'postgres', 'wrong'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
  expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600)
})

test('a lost password file is replaced and the data stay', async () => {
  const first = await start()
  await rows(first, 'create table kept as select 1 as n')
  await running?.stop()
  await rm(join(dataDir, 'postgres.password'))
  const second = await start()
  expect(new URL(second).password).not.toBe(new URL(first).password)
  expect(await rows(second, 'select n from kept')).toEqual([{ n: 1 }])
})

test('a start that was cut off in the middle of making the cluster is repeated', () =>
  inOtherDataDir(async (other) => {
    await mkdir(join(other, 'postgres.new-cutoff', 'cluster'), { recursive: true })
    await writeFile(join(other, 'postgres.new-cutoff', 'cluster', 'PG_VERSION'), '18')
    running = await startHastily(other)
    expect(await rows(running.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }])
    expect((await readdir(other)).filter((name) => name.startsWith('postgres.new'))).toEqual([])
    await running.stop()
  }))

test('a port that was asked for is used, and a taken one is an error that says so', async () => {
  const port = await freeLoopbackPort()
  running = await startEmbeddedDatabase({ dataDir, port, log: () => {} })
  expect(new URL(running.superuserUrl).port).toBe(String(port))
  await inOtherDataDir(async (other) => {
    const second = startEmbeddedDatabase({ dataDir: other, port, log: () => {}, settings: { fsync: 'off' } })
    await expect(second).rejects.toThrow('Address already in use')
  })
})
