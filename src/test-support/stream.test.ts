import { afterEach, describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { circumstances, guardSms, notify, sendSystem } from '../system-stream/index.ts'
import { makeClient, password, startTestApp } from '../test/app.ts'

const app = await startTestApp()
const { deps, db, nobody, accountId, ownerId } = app
const where = { address: '203.0.113.7', agent: 'Firefox · Linux' }
const emptied = () => nobody.send({ method: 'DELETE', url: '/test/outbox' })

describe('GET /test/outbox', () => {
  test('shows a system message in every member of its shape', async () => {
    await emptied()
    await inAccount(db, accountId, (trx) =>
      sendSystem(trx, deps, {
        accountId,
        userId: ownerId,
        kind: 'sign_in_code',
        to: { email: 'ada@example.com' },
        language: 'pl',
        values: { ...circumstances(deps, where), code: '12345678', notMeToken: 'tok' },
      }),
    )
    const { status, body } = await nobody.get('/test/outbox?to=ada@example.com')
    expect(status).toBe(200)
    expect(body.data).toHaveLength(1)
    expect(Object.keys(body.data[0])).toEqual(
      'id channel kind to from subject text html raw code link token created_at'.split(' '),
    )
    expect(body.data[0]).toMatchObject({ code: '12345678', token: 'tok', subject: 'Twój kod logowania' })
  })

  test('takes only what it knows', async () => {
    for (const query of ['limit=x', 'limit=0', 'since=yesterday', 'since=2030-02-30T00:00:00Z', 'colour=red'])
      expect([query, (await nobody.get(`/test/outbox?${query}`)).status]).toEqual([query, 422])
  })

  test('is emptied', async () => {
    await inAccount(db, accountId, (trx) =>
      notify(trx, deps, { accountId, userId: ownerId, kind: 'new_device', values: {} }),
    )
    expect((await emptied()).status).toBe(204)
    expect((await nobody.get('/test/outbox')).body.data).toEqual([])
  })
})

describe('POST /test/limiter', () => {
  const set = (available: unknown) => nobody.post('/test/limiter', { available })
  afterEach(() => set(true))

  test('closes sign-in and reset while the store of limits is away, and lets the signed in read on', async () => {
    expect((await set(false)).status).toBe(204)
    const stranger = makeClient(app.app)
    const answers = [
      await stranger.post('/sign-in', { login: 'owner@acme.test', password }),
      await stranger.post('/sign-in', { login: 'nobody@acme.test', password }),
      await stranger.post('/password-reset', { login: 'owner@acme.test' }),
    ]
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([503, 'unavailable']),
    )
    expect((await app.owner.get('/session')).status).toBe(200)
    expect((await app.owner.get('/groups')).status).toBe(200)
    await set(true)
    expect((await stranger.post('/sign-in', { login: 'owner@acme.test', password })).status).toBe(200)
  })

  test('takes yes or no', async () => {
    expect((await set('no')).status).toBe(422)
  })
})

describe('POST /test/dns', () => {
  const answer = (records: unknown) => nobody.post('/test/dns', { records })
  afterEach(() => answer({}))
  const relay = async () => {
    await app.owner.stepUp()
    const { status, body } = await app.owner.post('/sending/providers', {
      name: `Relay ${crypto.randomUUID()}`,
      channel: 'email',
      kind: 'smtp',
      config: { host: 'turning.example.com', port: 587 },
    })
    return status === 201 ? 'taken' : body.code
  }

  test('turns a name from look-up to look-up, and the last answer stays', async () => {
    const given = await answer({
      'turning.example.com': [['8.8.8.8'], ['8.8.8.8', '10.0.0.1'], ['169.254.169.254']],
    })
    expect(given.status).toBe(204)
    expect([await relay(), await relay(), await relay(), await relay()]).toEqual([
      'taken',
      'url_refused',
      'url_refused',
      'url_refused',
    ])
  })

  test('takes lists of addresses by name', async () => {
    for (const records of [{ a: '8.8.8.8' }, { a: [] }, { a: ['8.8.8.8'] }, [], 'x'])
      expect((await answer(records)).status).toBe(422)
  })
})

test('POST /test/reset-limits gives back what the guard of SMS counted', async () => {
  const send = () =>
    guardSms(deps, { accountId, userId: ownerId, phone: '+48601234567' }).then(
      () => 'sent',
      (error: { code: string }) => error.code,
    )
  for (let n = 0; n < 5; n += 1) expect(await send()).toBe('sent')
  expect(await send()).toBe('sms_limited')
  expect((await nobody.post('/test/reset-limits')).status).toBe(204)
  expect(await send()).toBe('sent')
})

test.each(['/test/outbox', '/test/clock'])('%s is there for the machine itself alone', async (url) => {
  const from = (remoteAddress: string, host: string) =>
    app.app.inject({ url, remoteAddress, headers: { host } }).then(({ statusCode }) => statusCode)
  expect(await from('127.0.0.1', 'localhost:8420')).toBe(200)
  expect(await from('203.0.113.7', 'localhost:8420')).toBe(404)
  expect(await from('127.0.0.1', 'evil.example')).toBe(404)
})
