import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { withConnection } from '../connection.ts'
import { makeDataDir, removeDataDir, startHastily } from '../test/data-dirs.ts'
import type { EmbeddedDatabase } from './index.ts'

let dataDir: string
let running: EmbeddedDatabase | null
let owner: ChildProcess | null

beforeAll(async () => {
  dataDir = await makeDataDir()
})

beforeEach(() => {
  running = null
  owner = null
})

afterEach(async () => {
  owner?.kill('SIGKILL')
  // A test that failed half-way leaves the server of the killed owner; this start stops it.
  running ??= await startHastily(dataDir)
  await running.stop()
})

afterAll(() => removeDataDir(dataDir))

/** Another process that starts the database as the program does, and tells its address. */
const startOwner = async (): Promise<string> => {
  const support = new URL('../test/data-dirs.ts', import.meta.url).href
  const script = `
    const { startHastily } = await import(${JSON.stringify(support)})
    const database = await startHastily(process.argv[1], { synchronous_commit: 'on' })
    process.on('SIGTERM', () => process.exit(3))
    process.stdout.write(database.superuserUrl)`
  owner = spawn(process.execPath, ['--input-type=module', '-e', script, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!owner.stdout) throw new Error('no pipe')
  const [chunk] = (await once(owner.stdout, 'data')) as [Buffer]
  return chunk.toString()
}

const end = async (signal: NodeJS.Signals): Promise<void> => {
  owner?.kill(signal)
  if (owner) await once(owner, 'exit')
}

const rows = (url: string, sql: string) =>
  withConnection(url, async (client) => (await client.query(sql)).rows)

const serverPid = async () =>
  Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

test('after kill -9 of the program its database still runs; the next start stops it and loses nothing', async () => {
  const first = await startOwner()
  await rows(first, 'create table first as select 1 as n')
  await end('SIGKILL')
  const left = await serverPid()
  expect(await rows(first, 'select n from first')).toEqual([{ n: 1 }])

  const lines: string[] = []
  running = await startHastily(dataDir, {}, (line) => lines.push(line))
  expect(lines[0]).toBe(
    `A database server of an earlier run is still there (pid ${left}); stopping it first.`,
  )
  expect(await serverPid()).not.toBe(left)
  await expect(rows(first, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  expect(await rows(running.superuserUrl, 'select n from first')).toEqual([{ n: 1 }])
})

test('after kill -9 of the program and of its database the next start recovers by itself', async () => {
  await rows(await startOwner(), 'create table kept as select 1 as n')
  await end('SIGKILL')
  process.kill(await serverPid(), 'SIGKILL')
  running = await startHastily(dataDir)
  expect(await rows(running.superuserUrl, 'select n from kept')).toEqual([{ n: 1 }])
})

test('a program that exits without stopping its database takes it along', async () => {
  const url = await startOwner()
  const pid = await serverPid()
  await end('SIGTERM')
  while (await isRunning(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
  await expect(rows(url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

test('a pid file whose number belongs to another program by now is not believed', async () => {
  running = await startHastily(dataDir)
  await running.stop()
  const bystander = spawn('sleep', ['60'])
  try {
    await writeFile(
      join(dataDir, 'postgres/postmaster.pid'),
      `${bystander.pid}\n${join(dataDir, 'postgres')}\n`,
    )
    running = await startHastily(dataDir)
    expect(await rows(running.superuserUrl, 'select 1 as n')).toEqual([{ n: 1 }])
    expect(bystander.exitCode).toBeNull()
    expect(bystander.signalCode).toBeNull()
  } finally {
    bystander.kill('SIGKILL')
  }
})

const isRunning = async (pid: number): Promise<boolean> => {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (state !== null) return !state.includes(') Z ')
  try {
    return process.platform !== 'linux' && process.kill(pid, 0)
  } catch {
    return false
  }
}
