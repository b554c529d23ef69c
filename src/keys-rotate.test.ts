import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { accountKeys } from './accounts/index.ts'
import { inAccount } from './db/pool.ts'
import { rotateKeys } from './keys-rotate.ts'
import { openKeyRing } from './lib/secrets.ts'
import { sealedColumns, underDataKey } from './sealed-columns.ts'
import { makeClient, password, startTestApp } from './test/app.ts'

const app = await startTestApp()

test('every sealed column of the database has its place in a rotation', async () => {
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attname ~ 'sealed$' and not a.attisdropped order by 1`.execute(app.db)
  const declared = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...underDataKey]
  expect(rows.map((row) => row.name)).toEqual(declared.toSorted())
})

test('after a rotation the first key opens everything and the old one is not needed', async () => {
  const { secretKeys } = app.deps.config
  const fresh = { id: 'fresh', bytes: randomBytes(32) }
  await app.owner.post('/password-reset', { login: 'owner@acme.test' })
  const counts = await rotateKeys({ secretKeys: [fresh, ...secretKeys] }, app.db)
  expect(counts['accounts.data_key_sealed']).toBe(3)
  expect(counts['users.password_sealed']).toBe(3)
  const again = await rotateKeys({ secretKeys: [fresh, ...secretKeys] }, app.db)
  expect(Object.values(again).every((count) => count === 0)).toBe(true)
  const alone = openKeyRing([fresh])
  const opened = await inAccount(app.db, app.accountId, (trx) => accountKeys(trx, alone, app.accountId))
  expect(opened.seal('place', 'text').length).toBeGreaterThan(0)
  const back = await rotateKeys({ secretKeys: [...secretKeys, fresh] }, app.db)
  expect(back['users.password_sealed']).toBe(3)
  const signedIn = await makeClient(app.app).post('/sign-in', { login: 'owner@acme.test', password })
  expect(signedIn.status, signedIn.raw).toBe(200)
})

test('a rotation stops at a value that no key opens, before anything is lost', async () => {
  const strange = { id: 'strange', bytes: randomBytes(32) }
  await expect(rotateKeys({ secretKeys: [strange] }, app.db)).rejects.toThrow(
    'opens with none of SECRET_KEYS',
  )
})
