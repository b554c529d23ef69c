import { beforeEach, describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { spendSignIn } from './throttle.ts'

/** Addresses come through a trusted proxy here, as they would behind a load balancer. */
const app = await startTestApp({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } })
const login = 'owner@acme.test'
const wrong = (n = 0) => `certainly not the password ${n}`

const tryFrom = (address: string, body: object, client = makeClient(app.app)) =>
  client.post('/sign-in', body, { 'x-forwarded-for': address })

beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

describe('guessing', () => {
  it.each([[login], ['nobody-at-all@example.com']])(
    'one login from one address stops after ten: %s',
    async (who) => {
      const answers = []
      for (let n = 0; n < 11; n += 1)
        answers.push(await tryFrom('203.0.113.7', { login: who, password: wrong(n) }))
      expect(answers.slice(0, 10).every(({ status }) => status === 401)).toBe(true)
      expect([answers[10]?.status, answers[10]?.body.code]).toEqual([429, 'rate_limited'])
      expect((await tryFrom('203.0.113.8', { login: who, password: wrong() })).status).toBe(401)
    },
  )

  it('counts spellings of one login as one, and dots as different ones', async () => {
    for (const who of ['OWNER@acme.test', ' owner@ACME.test ', 'owner@acme.test'])
      for (let n = 0; n < 3; n += 1) await tryFrom('203.0.113.9', { login: who, password: wrong(n) })
    await tryFrom('203.0.113.9', { login, password: wrong() })
    expect((await tryFrom('203.0.113.9', { login: 'Owner@Acme.Test', password: wrong() })).status).toBe(429)
    expect((await tryFrom('203.0.113.9', { login: 'own.er@acme.test', password: wrong() })).status).toBe(401)
  })

  it('takes tries of one person at the same moment for what they are', async () => {
    for (let round = 0; round < 30; round += 1) {
      const tried = { login: `parallel${round}@acme.test`, address: '203.0.113.100', device: null }
      const spent = () => spendSignIn(app.deps, tried, password)
      await expect(Promise.all([spent(), spent(), spent(), spent()])).resolves.toHaveLength(4)
      await app.nobody.post('/test/reset-limits')
    }
  })

  it('counts a /48 of IPv6 as one caller', async () => {
    const answers = await Promise.all(
      Array.from({ length: 51 }, (_, n) =>
        tryFrom(`2001:db8:5:${n.toString(16)}::1`, { login: `p${n}@example.com`, password: wrong(n) }),
      ),
    )
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1)
    expect((await tryFrom('2001:db8:6::1', { login: 'p@example.com', password: wrong() })).status).toBe(401)
  })

  it('slows one login down over many addresses, but never for good', async () => {
    for (let n = 0; n < 100; n += 1)
      await app.nobody.post(
        '/sign-in',
        { login: 'slow@example.com', password: wrong(n) },
        { 'x-forwarded-for': `198.51.100.${n}` },
      )
    const body = { login: 'slow@example.com', password: wrong() }
    const refused = await tryFrom('198.51.100.200', body)
    expect(refused.status).toBe(429)
    const wait = Number(refused.headers['retry-after'])
    expect(wait).toBeGreaterThan(0)
    await app.advance(wait + 1)
    expect((await tryFrom('198.51.100.201', body)).status).toBe(401)
    const again = await tryFrom('198.51.100.202', body)
    expect(Number(again.headers['retry-after'])).toBeGreaterThan(wait)
  })

  it('leaves a browser that is known its own ten tries', async () => {
    const known = makeClient(app.app)
    expect((await tryFrom('203.0.113.20', { login, password }, known)).status).toBe(200)
    for (let n = 0; n < 11; n += 1) await tryFrom('203.0.113.20', { login, password: wrong(n) })
    expect((await tryFrom('203.0.113.20', { login, password })).status).toBe(429)
    expect((await tryFrom('203.0.113.20', { login, password }, known)).status).toBe(200)
    for (let n = 0; n < 10; n += 1) await tryFrom('203.0.113.20', { login, password: wrong(n) }, known)
    expect((await tryFrom('203.0.113.20', { login, password }, known)).status).toBe(429)
  })

  it('gives right sign-ins back, so that they never become too many', async () => {
    const answers = []
    for (let n = 0; n < 15; n += 1) answers.push(await tryFrom('203.0.113.30', { login, password }))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('one password over many logins', () => {
  it('is refused everywhere for an hour, the right one too, with the same bytes', async () => {
    const answers = []
    for (let n = 0; n < 21; n += 1)
      answers.push(await tryFrom(`203.0.113.${100 + n}`, { login: `spray${n}@example.com`, password }))
    expect(answers.every(({ status }) => status === 401)).toBe(true)
    const refused = await tryFrom('203.0.113.200', { login, password })
    expect([refused.status, refused.raw]).toEqual([401, answers[0]?.raw])
    await app.advance(3_601)
    expect((await tryFrom('203.0.113.200', { login, password })).status).toBe(200)
  })
})

describe('a limiter that is away', () => {
  it('closes sign-in and verification, and leaves signed-in people alone', async () => {
    await app.owner.get('/session')
    await app.nobody.post('/test/limiter', { available: false })
    const answers = [
      await tryFrom('203.0.113.40', { login, password }),
      await app.nobody.post('/sign-in/passkey/options'),
      await app.nobody.post(`/sign-in/challenges/${'A'.repeat(22)}/verify`, { code: '123456' }),
    ]
    const session = await app.owner.get('/session')
    await app.nobody.post('/test/limiter', { available: true })
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([503, 'unavailable']),
    )
    expect(session.status).not.toBe(503)
  })
})
