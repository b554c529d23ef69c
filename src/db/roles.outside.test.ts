import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Logger, runMigrations } from 'graphile-worker'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openKeyRing } from '../lib/secrets.ts'
import { withConnection, withDatabase, withUser } from './connection.ts'
import type { EmbeddedDatabase } from './embedded/index.ts'
import { migrate, pendingMigrations } from './migrate.ts'
import { type DatabaseUrls, ensureRoles, RolesNotPermitted, rolesSql, urlsFromVariables } from './roles.ts'
import { makeDataDir, removeDataDir, startHastily } from './test/data-dirs.ts'

/** A second server that knows nothing of Campanile, as an operator would bring it. */
let outside: EmbeddedDatabase
let outsideDir: string
let dataDir: string

beforeAll(async () => {
  outsideDir = await makeDataDir()
  outside = await startHastily(outsideDir)
})

afterAll(async () => {
  await outside.stop()
  await removeDataDir(outsideDir)
})

const rows = (url: string, sql: string) =>
  withConnection(url, async (client) => (await client.query(sql)).rows)
const asRoot = (sql: string) => rows(outside.superuserUrl, sql)

beforeEach(async () => {
  dataDir = await makeDataDir()
})

afterEach(async () => {
  for (const { datname } of await asRoot(`select datname from pg_database where datname like 'company%'`)) {
    await asRoot(`drop database ${datname} with (force)`)
  }
  for (const { rolname } of await asRoot(
    `select rolname from pg_roles where rolname ~ '^(company|campanile)'`,
  )) {
    await asRoot(`drop owned by ${rolname} cascade`)
    await asRoot(`drop role ${rolname}`)
  }
  await removeDataDir(dataDir)
})

/** A user of the server, and the address of a database of his own. */
const makeAdministrator = async (attributes: string, database = 'company'): Promise<string> => {
  await asRoot(`create role company_admin login ${attributes} password 'admin'`)
  if (database) await asRoot(`create database ${database} owner company_admin`)
  return withUser(withDatabase(outside.superuserUrl, database || 'company'), 'company_admin', 'admin')
}

const whoIs = async (url: string) =>
  (
    await rows(
      url,
      `select current_user as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as mighty
       from pg_roles where rolname = current_user`,
    )
  )[0]

const expectWorking = async (urls: DatabaseUrls) => {
  await migrate(urls.owner)
  expect(await pendingMigrations(urls.app)).toEqual([])
  await runMigrations({ connectionString: urls.jobs, logger: new Logger(() => () => {}) })
  expect(await whoIs(urls.owner)).toEqual({ name: 'campanile_owner', mighty: false })
  expect(await whoIs(urls.app)).toEqual({ name: 'campanile_app', mighty: false })
  expect(await whoIs(urls.jobs)).toEqual({ name: 'campanile_jobs', mighty: false })
}

test('a superuser of an outside server is only used to make the roles; the program works as them', async () => {
  await asRoot('create database company')
  const urls = await ensureRoles(withDatabase(outside.superuserUrl, 'company'), { dataDir })
  await expectWorking(urls)
  expect(new URL(urls.app).port).toBe(new URL(outside.superuserUrl).port)
  expect(await rows(urls.app, `select current_database() as name`)).toEqual([{ name: 'company' }])
})

test('a user who may create roles and owns the database is enough', async () => {
  const urls = await ensureRoles(await makeAdministrator('createrole'), { dataDir })
  await expectWorking(urls)
  const owners = await rows(
    urls.owner,
    `select distinct tableowner as name from pg_tables where schemaname in ('public', 'graphile_worker') order by 1`,
  )
  expect(owners).toEqual([{ name: 'campanile_jobs' }, { name: 'campanile_owner' }])
})

test('a database that does not exist yet is made by a user who may', async () => {
  const urls = await ensureRoles(await makeAdministrator('createrole createdb', ''), { dataDir })
  expect(await rows(urls.app, 'select current_database() as name')).toEqual([{ name: 'company' }])
})

test('the next start uses the kept passwords; when they are lost the roles get new ones', async () => {
  const admin = await makeAdministrator('createrole')
  const first = await ensureRoles(admin, { dataDir })
  expect(await ensureRoles(admin, { dataDir })).toEqual(first)
  const file = join(dataDir, 'database-roles.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await rm(file)
  const second = await ensureRoles(admin, { dataDir })
  expect(second.app).not.toBe(first.app)
  expect(await rows(second.app, 'select 1 as n')).toEqual([{ n: 1 }])
  await expect(rows(first.app, 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('with a key at hand the passwords are sealed on the disk', async () => {
  const admin = await makeAdministrator('createrole')
  const seal = openKeyRing([{ id: 'k1', bytes: Buffer.alloc(32, 'one key') }])
  const urls = await ensureRoles(admin, { dataDir, seal })
  expect(await readFile(join(dataDir, 'database-roles.json'), 'utf8')).not.toContain(
    new URL(urls.app).password,
  )
  expect(await ensureRoles(admin, { dataDir, seal })).toEqual(urls)
  const otherKey = openKeyRing([{ id: 'k1', bytes: Buffer.alloc(32, 'another') }])
  expect(await ensureRoles(admin, { dataDir, seal: otherKey })).not.toEqual(urls)
})

test('starters at the same time do not disturb each other', async () => {
  const admin = await makeAdministrator('createrole')
  await ensureRoles(admin, { dataDir })
  const all = await Promise.all([1, 2, 3].map(() => ensureRoles(admin, { dataDir })))
  expect(new Set(all.map(({ app }) => app)).size).toBe(1)
})

test('a user without the right is told so, and what an administrator runs instead works', async () => {
  const modest = await makeAdministrator('nocreaterole')
  const refusal = await ensureRoles(modest, { dataDir }).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(RolesNotPermitted)
  expect(String(refusal)).toContain('user company_admin may not create roles')
  expect(String(refusal)).toContain('`campanile database roles`')
  const sql = rolesSql(modest)
  await rows(withDatabase(outside.superuserUrl, 'company'), sql)
  const [, app = ''] = /DATABASE_URL=(.+)/.exec(sql) ?? []
  const [, owner = ''] = /DATABASE_MIGRATION_URL=(.+)/.exec(sql) ?? []
  await expectWorking(urlsFromVariables(app, owner))
})

test('a user who does not own the database, or not the roles, is refused', async () => {
  const stranger = await makeAdministrator('createrole', '')
  await asRoot('create database company')
  await expect(ensureRoles(stranger, { dataDir })).rejects.toThrow('does not own the database company')
  await asRoot('drop database company')
  await asRoot('create database company owner company_admin')
  await asRoot('drop role campanile_owner')
  await asRoot('create role campanile_owner')
  await expect(ensureRoles(stranger, { dataDir })).rejects.toThrow(RolesNotPermitted)
})

test('a database that cannot hold every letter is refused', async () => {
  await asRoot(`create database company encoding 'LATIN2' locale 'C' template template0`)
  await expect(ensureRoles(withDatabase(outside.superuserUrl, 'company'), { dataDir })).rejects.toThrow(
    'has the encoding LATIN2; Campanile needs UTF8',
  )
})
