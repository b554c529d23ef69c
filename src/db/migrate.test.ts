import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withConnection } from './connection.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { createEmptyDatabase, type TestDatabase } from './test/databases.ts'

let directory: string
let database: TestDatabase

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'campanile-migrations-'))
  database = await createEmptyDatabase()
})

afterEach(async () => {
  await database.drop()
  await rm(directory, { recursive: true, force: true })
})

const put = (name: string, sql: string) => writeFile(join(directory, name), sql)
const run = () => migrate(database.urls.owner, { directory })
const rows = (sql: string) =>
  withConnection(database.urls.owner, async (client) => (await client.query(sql)).rows)

test('every file is applied once, in the order of the numbers', async () => {
  await put('0002_second.sql', 'insert into steps values (2);')
  await put('0001_first.sql', 'create table steps (n int); insert into steps values (1);')
  expect(await pendingMigrations(database.urls.owner, { directory })).toEqual([
    '0001_first.sql',
    '0002_second.sql',
  ])
  expect(await run()).toEqual({ applied: ['0001_first.sql', '0002_second.sql'] })
  expect(await run()).toEqual({ applied: [] })
  await put('0003_third.sql', 'insert into steps values (3);')
  expect(await run()).toEqual({ applied: ['0003_third.sql'] })
  expect(await rows('select n from steps order by n')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('what is pending can be seen by the runtime role', async () => {
  await put('0001_first.sql', 'select 1;')
  await run()
  await put('0002_second.sql', 'select 1;')
  expect(await pendingMigrations(database.urls.app, { directory })).toEqual(['0002_second.sql'])
})

test('starters that migrate at the same time apply each file once', async () => {
  await put('0001_first.sql', 'create table steps (n int);')
  await put('0002_second.sql', 'insert into steps values (2); select pg_sleep(0.1);')
  const outcomes = await Promise.all([run(), run(), run(), run()])
  expect(outcomes.flatMap(({ applied }) => applied)).toEqual(['0001_first.sql', '0002_second.sql'])
  expect(await rows('select n from steps')).toEqual([{ n: 2 }])
})

test('an applied file that was changed since is refused by name and nothing else is applied', async () => {
  await put('0001_first.sql', 'create table steps (n int);')
  await run()
  await put('0001_first.sql', 'create table steps (n bigint);')
  await put('0002_second.sql', 'insert into steps values (2);')
  await expect(run()).rejects.toThrow('0001_first.sql was changed after it had been applied')
  await expect(pendingMigrations(database.urls.app, { directory })).rejects.toThrow(
    '0001_first.sql was changed',
  )
  expect(await rows('select n from steps')).toEqual([])
})

test('a file that fails leaves no trace, names its line and can be mended', async () => {
  await put('0001_first.sql', 'create table steps (n int);\n\ninsert into stepps values (1);')
  await expect(run()).rejects.toThrow('0001_first.sql failed: line 3: relation "stepps" does not exist')
  expect(await rows(`select to_regclass('steps') as steps`)).toEqual([{ steps: null }])
  await put('0001_first.sql', 'create table steps (n int);')
  expect(await run()).toEqual({ applied: ['0001_first.sql'] })
})

test('a database that is ahead of the files is left alone', async () => {
  await put('0001_first.sql', 'select 1;')
  await put('0002_second.sql', 'select 1;')
  await run()
  await rm(join(directory, '0002_second.sql'))
  expect(await run()).toEqual({ applied: [] })
})

test('a misnamed file and a number used twice are refused before anything runs', async () => {
  await put('1_first.sql', 'select 1;')
  await expect(run()).rejects.toThrow('1_first.sql is not named like 0001_accounts.sql')
  await rm(join(directory, '1_first.sql'))
  await put('0001_first.sql', 'select 1;')
  await put('0001_second.sql', 'select 1;')
  await expect(run()).rejects.toThrow('have the number 0001')
})
