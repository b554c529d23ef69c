import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { withConnection } from './db/connection.ts'
import { checkMigrations, checkRuntimeRole, checkTables } from './db/guards/guards.ts'
import { connectPool, type Db, openDb } from './db/pool.ts'
import { createEmptyDatabase, createTestDatabase } from './db/test/databases.ts'
import { checkFastify, checkRoutes } from './start-checks.ts'
import { startTestApp } from './test/app.ts'

const program = fileURLToPath(new URL('./main.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'campanile-refused-'))

type Ended = { readonly code: number | null; readonly error: string }
const started = (env: Record<string, string>): Promise<Ended> =>
  new Promise((resolve) => {
    const variables = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir, ...env }
    const child = spawn(process.execPath, [program, 'serve'], { env: variables })
    let error = ''
    child.stderr.on('data', (text) => {
      error += String(text)
    })
    child.once('exit', (code) => resolve({ code, error }))
  })

test.each([
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '0.0.0.0/0' }],
  ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '::ffff:0:0/95' }],
  ['CLIENT_ADDRESS_SOURCE', { CLIENT_ADDRESS_SOURCE: 'x-real-ip' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'http://panel.example.com' }],
  ['CONTENT_URL', { PUBLIC_URL: 'https://panel.example.com', CONTENT_URL: 'https://x.panel.example.com' }],
  [
    'SECRET_KEYS',
    { NODE_ENV: 'production', PUBLIC_URL: 'https://a.example.com', CONTENT_URL: 'https://b.example.net' },
  ],
  ['EGRESS_ALLOW', { EGRESS_ALLOW: '10.0.0.1/8' }],
  ['CAMPANILE_TEST_SUPPORT', { CAMPANILE_TEST_SUPPORT: '1', LISTEN_HOST: '0.0.0.0' }],
])(
  'the program ends at once with one line about %s and exit code 1',
  async (variable, env) => {
    const { code, error } = await started(env as Record<string, string>)
    expect(code).toBe(1)
    expect(error).toMatch(new RegExp(`^(?:ConfigError: )?${variable}: [^\\n]+\\n$`))
  },
  30_000,
)

const withDb = async (url: string, act: (db: Db) => Promise<void>): Promise<void> => {
  const pool = connectPool(url, { max: 1, name: 'test-guards' })
  try {
    await act(openDb(pool))
  } finally {
    await pool.end()
  }
}

test('the database is as the program needs it, and a role or table that is not is named', async () => {
  const database = await createTestDatabase()
  try {
    await withDb(database.urls.app, async (db) => {
      await checkRuntimeRole(db)
      await checkTables(db)
    })
    await withDb(database.urls.owner, (db) =>
      expect(checkRuntimeRole(db)).rejects.toThrow(/^DATABASE_URL: .*owns tables of accounts/),
    )
    await withDb(database.urls.superuser, (db) =>
      expect(checkRuntimeRole(db)).rejects.toThrow(/^DATABASE_URL: .* is a superuser$/),
    )
    await checkMigrations(database.urls.owner)
    await withConnection(database.urls.owner, (client) =>
      client.query('create table open_door (account_id uuid, id uuid)'),
    )
    await withDb(database.urls.app, (db) =>
      expect(checkTables(db)).rejects.toThrow(/^DATABASE_URL: .*forced row level security \(open_door\)$/),
    )
  } finally {
    await database.drop()
  }
})

test('an empty database is behind the program', async () => {
  const database = await createEmptyDatabase()
  try {
    await withConnection(database.urls.superuser, (client) =>
      client.query(
        'create table schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz); grant all on schema_migrations to public',
      ),
    )
    await expect(checkMigrations(database.urls.owner)).rejects.toThrow(
      /^DATABASE_URL: migrations are pending/,
    )
  } finally {
    await database.drop()
  }
})

test('every route says who may call it, and one that does not stops the start', async () => {
  const { app } = await startTestApp()
  checkRoutes(app)
  const bare = { method: 'GET', url: '/api/v1/everything', pattern: /x/, contract: null }
  expect(() => checkRoutes({ version: app.version, served: [...app.served, bare] })).toThrow(
    /^routes without a declared action: \/api\/v1\/everything$/,
  )
})

test.each([
  ['5.12.0', false],
  ['4.99.9', false],
  ['5.11.9', false],
  ['5.12.1', true],
  ['5.13.0', true],
  ['6.0.0', true],
])('fastify %s is new enough: %s', (version, fits) => {
  const check = () => checkFastify(version)
  if (fits) expect(check).not.toThrow()
  else expect(check).toThrow(/^fastify: version/)
})
