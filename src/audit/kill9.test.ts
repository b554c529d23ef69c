import pg from 'pg'
import { afterAll, expect, inject, it } from 'vitest'
import { withDatabase } from '../db/connection.ts'
import { password } from '../test/app.ts'
import { makeProgram } from '../test/program.ts'

const login = 'owner@acme.test'
const program = await makeProgram()
const pool = new pg.Pool({
  connectionString: withDatabase(inject('testServer').superuserUrl, program.databaseName),
  max: 1,
})
// Dropping the database ends idle connections; nobody waits for them.
pool.on('error', () => {})
afterAll(() => pool.end())

const count = async (statement: string): Promise<number> => Number((await pool.query(statement)).rows[0].n)

it('a killed process leaves as many records as changes, and a whole chain', {
  timeout: 120_000,
}, async () => {
  await program.start()
  const seeded = await program.call('POST', '/test/seed', {
    reset: true,
    accounts: [{ name: 'Acme', key: 'acme', users: [{ email: login, password, roles: ['owner'] }] }],
  })
  const accountId = seeded.body.accounts.acme.id
  for (let round = 0; round < 2; round += 1) {
    await program.signIn(login)
    const writing = Array.from({ length: 40 }, (_, n) =>
      program.call('POST', '/groups', { name: `Group ${round}-${n}` }).catch(() => null),
    )
    // The first answer says that writing has begun; most of the others are on their way.
    await Promise.race(writing)
    await program.kill()
    await Promise.all(writing)
    const groups = await count('select count(*) as n from contact_groups')
    expect(groups).toBeGreaterThan(0)
    expect(await count(`select count(*) as n from audit_entries where action = 'group.created'`)).toBe(groups)
    await program.start()
  }
  await program.signIn(login)
  const verdict = await program.call('POST', '/audit-log/verify', {})
  expect(verdict.body).toMatchObject({ ok: true })
  expect(await count(`select seq as n from audit_heads where account_id = '${accountId}'`)).toBe(
    verdict.body.head_seq + 1,
  )
})
