import { execFileSync } from 'node:child_process'
import { cp, lstat, mkdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withConnection } from '../connection.ts'
import { makeDataDir, removeDataDir, startHastily } from '../test/data-dirs.ts'
import type { EmbeddedDatabase } from './index.ts'
import { shelterOf } from './shelter.ts'

const isRoot = process.getuid?.() === 0
const made: string[] = []
let running: EmbeddedDatabase | null

beforeEach(() => {
  running = null
})

afterEach(async () => {
  await running?.stop()
  for (const dataDir of made.splice(0)) await removeDataDir(dataDir)
})

const newDataDir = async (entry: 'open' | 'closed'): Promise<string> => {
  const dataDir = await makeDataDir(entry)
  made.push(dataDir)
  return dataDir
}

const start = async (dataDir: string): Promise<EmbeddedDatabase> => {
  running = await startHastily(dataDir)
  return running
}

const query = (sql: string) =>
  withConnection(running?.superuserUrl ?? '', async (client) => (await client.query(sql)).rows)

const stop = async () => {
  await running?.stop()
  running = null
}

test('in a folder that the database user may enter, the cluster lies in DATA_DIR and never belongs to root', async () => {
  const dataDir = await newDataDir('open')
  const { notice } = await start(dataDir)
  expect(notice).toBeNull()
  const entry = await lstat(join(dataDir, 'postgres'))
  expect(entry.isDirectory()).toBe(true)
  expect(entry.uid).not.toBe(0)
  expect(entry.mode & 0o777).toBe(0o700)
})

test('below a closed folder of root the cluster moves to /var/lib/campanile, says so and is linked', async () => {
  const dataDir = await newDataDir('closed')
  const { notice } = await start(dataDir)
  const entry = await lstat(join(dataDir, 'postgres'))
  if (!isRoot) {
    expect(entry.isDirectory()).toBe(true)
    expect(notice).toBeNull()
    return
  }
  const sheltered = join(shelterOf(dataDir), 'postgres')
  expect(await readlink(join(dataDir, 'postgres'))).toBe(sheltered)
  expect(sheltered).toMatch(/^\/var\/lib\/campanile\/[0-9a-f]{16}\/postgres$/)
  expect(notice).toContain(sheltered)
  expect((await stat(sheltered)).uid).not.toBe(0)
  await query('create table kept as select 1 as n')
  await stop()
  await start(dataDir)
  expect(await query('select n from kept')).toEqual([{ n: 1 }])
})

test('after the data directory was removed the next start begins with an empty database', async () => {
  const dataDir = await newDataDir('closed')
  await start(dataDir)
  await query('create table kept as select 1 as n')
  await stop()
  await rm(dataDir, { recursive: true })
  await mkdir(dataDir, { mode: 0o700 })
  const { notice } = await start(dataDir)
  expect(await query(`select to_regclass('kept') as kept`)).toEqual([{ kept: null }])
  if (isRoot) expect(notice).toContain(`was kept as ${join(shelterOf(dataDir), 'postgres.before')}`)
})

test('a data directory that was moved takes its database along', async () => {
  const dataDir = await newDataDir('closed')
  await start(dataDir)
  await query('create table kept as select 1 as n')
  await stop()
  const moved = `${dataDir}-moved`
  made.push(moved)
  await rename(dataDir, moved)
  await start(moved)
  expect(await query('select n from kept')).toEqual([{ n: 1 }])
})

test('a copy of a data directory never shares the database of the original', async () => {
  const original = await newDataDir('closed')
  await start(original)
  const copy = `${original}-copy`
  made.push(copy)
  await cp(original, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.lock'),
  })
  if (isRoot) {
    await expect(startHastily(copy)).rejects.toThrow(`is a copy of ${original}`)
  } else {
    const second = await startHastily(copy)
    await second.stop()
  }
  expect(await query('select 1 as n')).toEqual([{ n: 1 }])
})

test('a link to nowhere is refused with a way out', async () => {
  const dataDir = await newDataDir('closed')
  await start(dataDir)
  await stop()
  await rename(join(dataDir, 'postgres'), join(dataDir, 'elsewhere'))
  await symlink('/nonexistent/postgres', join(dataDir, 'postgres'))
  await expect(startHastily(dataDir)).rejects.toThrow('is a link to a folder that is not there')
})

test('a cluster of another user is run by its owner, also when root starts it later', async () => {
  if (!isRoot) {
    const { notice } = await start(await newDataDir('open'))
    expect(notice).toBeNull()
    return
  }
  const dataDir = await newDataDir('open')
  await start(dataDir)
  await stop()
  execFileSync('chown', ['-R', '65534:65534', join(dataDir, 'postgres')])
  await start(dataDir)
  expect((await stat(join(dataDir, 'postgres', 'postmaster.pid'))).uid).toBe(65_534)
  await stop()
  execFileSync('chown', ['-R', '0:0', join(dataDir, 'postgres')])
  await start(dataDir)
  expect((await stat(join(dataDir, 'postgres', 'postmaster.pid'))).uid).not.toBe(0)
})
