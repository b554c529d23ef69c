import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import pino from 'pino'
import { afterAll } from 'vitest'
import { insertAccount, makeDataKey, setEntitlement } from '../../accounts/index.ts'
import { readConfig } from '../../config.ts'
import { connectPool, inAccount, instanceAccountId, openDb, useAccount } from '../../db/pool.ts'
import { createTestDatabase } from '../../db/test/databases.ts'
import type { Deps } from '../../http/deps.ts'
import { systemClock } from '../../lib/clock.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { openKeyRing } from '../../lib/secrets.ts'
import { installTestClock } from '../../test-support/queries.ts'
import { sendSystem } from '../index.ts'
import type { SystemMessage } from '../kinds.ts'

export const where = { address: '203.0.113.7', agent: 'Firefox · Linux' }

/** A database with one account and one person, a log that can be read, and a clock that can be moved. */
export const startWorld = async (env: Record<string, string> = {}) => {
  const database = await createTestDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'campanile-stream-'))
  const owner = new pg.Client({ connectionString: database.urls.owner })
  await owner.connect()
  await owner.query(installTestClock)
  await owner.end()
  const pool = connectPool(database.urls.app, { max: 12, name: 'test' })
  const config = readConfig({ DATA_DIR: dataDir, CAMPANILE_TEST_SUPPORT: '1', ...env })
  const logged: string[] = []
  const stop = new AbortController()
  const deps: Deps = {
    config,
    db: openDb(pool),
    clock: systemClock(),
    keys: openKeyRing(config.secretKeys),
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    stopping: stop.signal,
  }
  afterAll(async () => {
    stop.abort()
    await pool.end()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  const { db } = deps
  const accountId = uuidV7(deps.clock.now())
  const userId = uuidV7(deps.clock.now())
  const roleId = uuidV7(deps.clock.now())
  await inAccount(db, instanceAccountId, async (trx) => {
    for (const id of [instanceAccountId, accountId])
      await insertAccount(trx, {
        id,
        kind: id === accountId ? 'customer' : 'instance',
        name: 'Acme',
        slug: id,
        status: 'active',
        dataKeySealed: makeDataKey(deps.keys, id),
      })
    await useAccount(trx, accountId)
    await sql`insert into users (account_id, id, login, email, first_name, last_name)
      values (${accountId}, ${userId}, 'ada', 'ada@example.com', 'Ada', 'Byron')`.execute(trx)
    await sql`insert into roles (account_id, id, name, built_in)
      values (${accountId}, ${roleId}, 'Owner', 'owner')
      on conflict (account_id, built_in) do nothing`.execute(trx)
    await sql`insert into user_roles (account_id, user_id, role_id)
      select ${accountId}, ${userId}, id from roles where built_in = 'owner'`.execute(trx)
  })
  let offsetSeconds = 0
  return {
    deps,
    db,
    config,
    logged,
    accountId,
    userId,
    grant: (key: string, value: unknown) =>
      inAccount(db, accountId, (trx) => setEntitlement(trx, accountId, key, value)),
    advance: async (seconds: number) => {
      offsetSeconds += seconds
      await sql`update clock_offset set offset_seconds = ${offsetSeconds}`.execute(db)
      deps.clock.setOffsetMs(offsetSeconds * 1000)
    },
    /** A sign-in code by mail unless something else is said. */
    send: (message: object = {}) =>
      inAccount(db, accountId, (trx) =>
        sendSystem(trx, deps, {
          accountId,
          userId,
          kind: 'sign_in_code',
          to: { email: 'ada@example.com' },
          language: 'en',
          values: { at: deps.clock.now(), ...where, code: '12345678', notMeToken: 'tok' },
          ...message,
        } as unknown as SystemMessage),
      ),
    messages: () =>
      inAccount(db, instanceAccountId, (trx) =>
        trx.selectFrom('system_messages').selectAll().orderBy('seq').execute(),
      ),
  }
}
