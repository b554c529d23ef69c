import { afterAll, beforeAll, expect, test } from 'vitest'
import { withConnection } from './connection.ts'
import { createTestDatabase, type TestDatabase } from './test/databases.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const asOwner = (sql: string) => withConnection(database.urls.owner, (client) => client.query(sql))
const asApp = (sql: string) => withConnection(database.urls.app, (client) => client.query(sql))

test('the runtime role cannot change the schema', async () => {
  await asOwner('create table kept (id int)')
  for (const sql of [
    'create table mine (id int)',
    'create temporary table mine (id int)',
    'create schema mine',
    'create function mine() returns int language sql as $$ select 1 $$',
    'create extension citext',
    'alter table kept add column more int',
    'drop table kept',
    'set role campanile_owner',
    'set role campanile_jobs',
    'set role campanile_lookup',
    'create role mine',
    'alter role campanile_app bypassrls',
  ]) {
    await expect(asApp(sql), sql).rejects.toMatchObject({ code: '42501' })
  }
})
