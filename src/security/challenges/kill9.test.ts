import pg from 'pg'
import { afterAll, expect, inject, it } from 'vitest'
import { withDatabase } from '../../db/connection.ts'
import { password } from '../../test/app.ts'
import { makeProgram } from '../../test/program.ts'
import { otherThan } from '../../test/second-factor.ts'

const login = 'owner@acme.test'
const program = await makeProgram()
const pool = new pg.Pool({
  connectionString: withDatabase(inject('testServer').superuserUrl, program.databaseName),
  max: 3,
})
// Dropping the database ends idle connections; nobody waits for them.
pool.on('error', () => {})
afterAll(() => pool.end())

const post = async (path: string, body: unknown, cookie = '') => {
  const response = await fetch(`${program.url}/api/v1${path}`, {
    method: 'POST',
    headers: { origin: program.url, 'x-campanile-request': '1', 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
  })
  const cookies = response.headers.getSetCookie().map((line) => line.split(';')[0])
  return { status: response.status, body: (await response.json()) as any, cookie: cookies.join('; ') }
}

const demandMail = async (): Promise<void> => {
  await pool.query(
    `insert into entitlement_overrides (account_id, key, value)
    select account_id, 'mfa', 'true' from users where login = $1`,
    [login],
  )
  await pool.query(`update users set mfa_setting = 'email' where login = $1`, [login])
  await pool.query(
    `insert into mfa_factors (account_id, id, user_id, type, state, origin, confirmed_at)
    select account_id, gen_random_uuid(), id, 'email', 'active', 'setting', app_now() from users where login = $1`,
    [login],
  )
}

const attemptsLeft = async (): Promise<number> =>
  (await pool.query('select attempts_left from mfa_challenges order by created_at desc limit 1')).rows[0]
    .attempts_left

it('keeps an attempt spent when the process is killed before it answers', { timeout: 90_000 }, async () => {
  await program.start()
  await program.call('POST', '/test/seed', {
    reset: true,
    accounts: [{ name: 'Acme', users: [{ email: login, password, roles: ['owner'] }] }],
  })
  await demandMail()
  const begun = await post('/sign-in', { login, password })
  const { id } = begun.body.challenge
  const [mail] = (await program.call('GET', `/test/outbox?to=${login}&kind=sign_in_code`)).body.data
  const wrong = otherThan(mail.code)

  const holder = await pool.connect()
  await holder.query('begin')
  // Comparing waits for the person's row; spending came before and needs no such lock.
  await holder.query('select 1 from users where login = $1 for no key update', [login])
  const lost = post(`/sign-in/challenges/${id}/verify`, { code: wrong }, begun.cookie).catch(() => null)
  for (let tries = 0; tries < 200 && (await attemptsLeft()) === 5; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 25))
  await program.kill()
  expect(await lost).toBeNull()
  await holder.query('rollback')
  holder.release()

  await program.start()
  expect(await attemptsLeft()).toBe(4)
  const answers = []
  for (let n = 0; n < 4; n += 1)
    answers.push(await post(`/sign-in/challenges/${id}/verify`, { code: wrong }, begun.cookie))
  expect(answers.map(({ body }) => [body.code, body.attempts_left])).toEqual([
    ['code_wrong', 3],
    ['code_wrong', 2],
    ['code_wrong', 1],
    ['challenge_closed', undefined],
  ])
})
