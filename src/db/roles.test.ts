import { afterAll, beforeAll, expect, test } from 'vitest'
import { withConnection } from './connection.ts'
import { createTestDatabase, type TestDatabase } from './test/databases.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  await asOwner(`
    create table secrets (account_id uuid not null, name text not null);
    alter table secrets enable row level security;
    alter table secrets force row level security;
    create policy account on secrets using (account_id = nullif(current_setting('app.account_id', true), '')::uuid);
    grant select, insert on secrets to campanile_app;`)
})

afterAll(() => database.drop())

const rows = (url: string, sql: string) =>
  withConnection(url, async (client) => (await client.query(sql)).rows)
const asOwner = (sql: string) => rows(database.urls.owner, sql)
const asApp = (sql: string) => rows(database.urls.app, sql)

const one = '00000000-0000-7000-8000-00000000000a'
const other = '00000000-0000-7000-8000-00000000000b'

test.each([
  'create table mine (id int)',
  'create temporary table mine (id int)',
  'create schema mine',
  'create function mine() returns int language sql as $$ select 1 $$',
  'create extension citext',
  'alter table secrets add column more int',
  'alter table secrets disable row level security',
  'truncate secrets',
  'drop table secrets',
  'set role campanile_owner',
  'set role campanile_jobs',
  'set role campanile_lookup',
  'create role mine',
  'alter role campanile_app bypassrls',
  'select * from graphile_worker._private_jobs',
])('the runtime role is refused: %s', async (sql) => {
  await expect(asApp(sql)).rejects.toMatchObject({ code: '42501' })
})

test('the runtime role sees and writes the rows of the account it works for, and no others', async () => {
  await withConnection(database.urls.app, async (client) => {
    await client.query(`set app.account_id = '${one}'`)
    await client.query(`insert into secrets values ('${one}', 'mine')`)
    await expect(client.query(`insert into secrets values ('${other}', 'theirs')`)).rejects.toMatchObject({
      code: '42501',
    })
    expect((await client.query('select name from secrets')).rows).toEqual([{ name: 'mine' }])
    await client.query(`set app.account_id = '${other}'`)
    expect((await client.query('select name from secrets')).rows).toEqual([])
  })
  expect(await asApp('select name from secrets')).toEqual([])
})

test('switching row security off makes the runtime role and the owner fail instead of seeing everything', async () => {
  for (const url of [database.urls.app, database.urls.owner]) {
    await withConnection(url, async (client) => {
      await client.query('set row_security = off')
      await expect(client.query('select name from secrets')).rejects.toMatchObject({ code: '42501' })
    })
  }
})

test('a migration can hand functions over to the roles of look-ups and jobs', async () => {
  await asOwner(`
    create function handed_over() returns text language sql security definer set search_path = pg_catalog
      as $$ select current_user::text $$;
    alter function handed_over() owner to campanile_lookup;
    grant execute on function handed_over() to campanile_app;
    create function enqueued(task text) returns text language plpgsql security definer set search_path = pg_catalog
      as $$ begin perform graphile_worker.add_job(task); return current_user; end $$;
    alter function enqueued(text) owner to campanile_jobs;
    grant execute on function enqueued(text) to campanile_app;`)
  expect(await asApp(`select handed_over(), enqueued('greet')`)).toEqual([
    { handed_over: 'campanile_lookup', enqueued: 'campanile_jobs' },
  ])
  expect(await rows(database.urls.jobs, 'select task_identifier from graphile_worker.jobs')).toEqual([
    { task_identifier: 'greet' },
  ])
})

test('a copy of the template does not see what another copy holds', async () => {
  const second = await createTestDatabase()
  try {
    expect(await rows(second.urls.owner, `select to_regclass('secrets') as secrets`)).toEqual([
      { secrets: null },
    ])
  } finally {
    await second.drop()
  }
})
