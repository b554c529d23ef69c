import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { appCode, bindApp, outbox } from '../../test/second-factor.ts'

const app = await startTestApp({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
const login = 'owner@acme.test'
const inside = { 'x-forwarded-for': '203.0.113.7' }
const outside = { 'x-forwarded-for': '198.51.100.9' }

const signIn = (body: object, headers: Record<string, string>) =>
  makeClient(app.app).post('/sign-in', body, headers)
const bytes = ({ raw, status, headers }: Awaited<ReturnType<typeof signIn>>) => {
  const { date: _date, 'x-request-id': _id, ...rest } = headers
  return { raw, status, rest }
}

describe('a sign-in begun inside', () => {
  it('is closed when it is finished outside, for good', async () => {
    const person = { login: 'owner@other.test', password }
    const { client: owner, secret } = await bindApp(app, person.login)
    const next = async () => {
      await app.advance(30)
      return appCode(app, secret)
    }
    const asked = await owner.post('/step-up', { purpose: 'general' }, inside)
    await owner.post(`/step-up/${asked.body.challenge.id}/verify`, { code: await next() }, inside)
    expect((await owner.post('/security/ip-entries', { address: '203.0.113.7' }, inside)).status).toBe(201)
    const client = makeClient(app.app)
    const { challenge } = (await client.post('/sign-in', person, inside)).body
    const path = `/sign-in/challenges/${challenge.id}/verify`
    for (const where of [outside, inside]) {
      const answer = await client.post(path, { code: await next() }, where)
      expect([answer.status, answer.body.code]).toEqual([401, 'challenge_closed'])
    }
  })
})

describe('a refused sign-in', () => {
  it('has the same bytes for a wrong password, an unknown login, a person switched off and a foreign network', async () => {
    await app.owner.stepUp()
    const wrong = await signIn({ login, password: 'not the password at all' }, inside)
    const unknown = await signIn({ login: 'nobody@nowhere.test', password }, inside)
    await inAccount(app.db, app.otherAccountId, (trx) =>
      sql`update users set status = 'disabled' where account_id = ${app.otherAccountId}`.execute(trx),
    )
    const disabled = await signIn({ login: 'owner@other.test', password }, inside)
    const client = makeClient(app.app)
    await client.post('/sign-in', { login, password }, inside)
    await client.post('/step-up', { purpose: 'general', password }, inside)
    const entry = await client.post('/security/ip-entries', { address: '203.0.113.0/24' }, inside)
    expect(entry.status).toBe(201)
    const foreign = await signIn({ login, password }, outside)
    for (const other of [unknown, disabled, foreign]) expect(bytes(other)).toEqual(bytes(wrong))
    expect((await signIn({ login, password }, inside)).status).toBe(200)
  })

  it('from a foreign network tells the person once an hour, and sends no code', async () => {
    await app.nobody.send({ method: 'DELETE', url: '/test/outbox' })
    await signIn({ login, password }, outside)
    await signIn({ login, password }, outside)
    expect(await outbox(app, login, 'blocked_network')).toHaveLength(0)
    await app.advance(3_601)
    await signIn({ login, password }, outside)
    await signIn({ login, password }, outside)
    expect(await outbox(app, login, 'blocked_network')).toHaveLength(1)
    expect(await outbox(app, login, 'sign_in_code')).toHaveLength(0)
  })

  it('stands in the log of the account it aimed at, with its reason', async () => {
    await signIn({ login, password: 'wrong wrong wrong wrong' }, inside)
    const { rows } = await inAccount(app.db, app.accountId, (trx) =>
      sql<{ reason: string }>`select distinct reason from audit_entries
        where account_id = ${app.accountId} and action = 'login.denied'`.execute(trx),
    )
    expect(rows.map(({ reason }) => reason).toSorted()).toEqual(['ip', 'password'])
  })
})
