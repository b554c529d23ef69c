import { describe, expect, it } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { makeClient, password, startTestApp } from '../test/app.ts'
import { answering, startReceiver, verifies } from './test/receiver.ts'
import { addProven, addWebhook } from './test/world.ts'

const app = await startTestApp()
const receiver = await startReceiver()
await app.owner.stepUp()

describe('adding a webhook', () => {
  it('shows the secret once and stores it sealed', async () => {
    const made = await addWebhook(app.owner, receiver.url, {
      auth: { type: 'basic', username: 'shop', password: 'a-very-secret-word' },
    })
    expect(made).toMatchObject({
      name: '127.0.0.1',
      enabled: true,
      proven: false,
      disabled_reason: null,
      last_status: null,
      rotation_until: null,
      auth: { type: 'basic', username: 'shop' },
      retry_rule: 'standard',
      personal_data: 'full',
    })
    const shown = await app.owner.get(`/webhooks/${made.id}`)
    expect(shown.body).not.toHaveProperty('secret')
    expect(shown.headers['etag']).toBe('"1"')
    const stored = await inAccount(app.db, app.accountId, async (trx) =>
      JSON.stringify([
        await trx.selectFrom('webhook_endpoints').selectAll().where('id', '=', made.id).execute(),
        await trx.selectFrom('audit_entries').selectAll().where('object_id', '=', made.id).execute(),
      ]),
    )
    for (const secret of [made.secret, made.secret.slice(6), 'a-very-secret-word']) {
      expect(stored + shown.raw).not.toContain(secret)
      expect(stored).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })

  it.each([
    ['no event', { events: [] }, 'validation_failed'],
    ['an unknown event', { events: ['campaign.exploded'] }, 'unknown_event'],
    ['everything at once', { events: ['*'] }, 'unknown_event'],
    ['a private address', { url: 'https://10.0.0.1/' }, 'url_refused'],
    ['the address of cloud metadata', { url: 'http://169.254.169.254/latest' }, 'url_refused'],
    ['plain http to a public address', { url: 'http://8.8.8.8/' }, 'url_refused'],
    ['another port', { url: 'https://8.8.8.8:22/' }, 'url_refused'],
    ['a user in the address', { url: 'https://me:pw@8.8.8.8/' }, 'url_refused'],
    ['another scheme', { url: 'file:///etc/passwd' }, 'url_refused'],
    ['no address at all', { url: 'nonsense' }, 'url_refused'],
    ['a private second address', { secondary_url: 'https://192.168.1.1/' }, 'url_refused'],
    [
      'a bearer token that ends the header',
      { auth: { type: 'bearer', token: 'a\r\nx: y' } },
      'validation_failed',
    ],
    ['a bearer token without a token', { auth: { type: 'bearer' } }, 'validation_failed'],
    ['a colon in the user', { auth: { type: 'basic', username: 'a:b', password: 'c' } }, 'validation_failed'],
    [
      'a token for basic',
      { auth: { type: 'basic', username: 'a', password: 'c', token: 'x' } },
      'validation_failed',
    ],
    ['a name of a lone surrogate', { name: '\ud800' }, 'validation_failed'],
    ['a name with NUL', { name: 'a\u0000' }, 'validation_failed'],
    ['an own secret', { secret: 'whsec_x' }, 'validation_failed'],
    ['an address of 2,049 characters', { url: `https://8.8.8.8/${'a'.repeat(2033)}` }, 'validation_failed'],
    ['an address that grows beyond it', { url: `https://8.8.8.8/${'ü'.repeat(1000)}` }, 'validation_failed'],
  ])('refuses %s', async (_name, body, code) => {
    await app.owner.stepUp()
    const answer = await app.owner.post('/webhooks', { url: receiver.url, events: ['campaign.*'], ...body })
    expect([answer.status, answer.body.code]).toEqual([422, code])
  })

  it('needs a fresh confirmation, a session and the right', async () => {
    const stale = makeClient(app.app)
    await stale.post('/sign-in', { login: 'owner@acme.test', password })
    const body = { url: receiver.url, events: ['campaign.*'] }
    expect((await stale.post('/webhooks', body)).body).toMatchObject({
      code: 'step_up_required',
      purpose: 'general',
    })
    expect((await app.nobody.post('/webhooks', body)).status).toBe(401)
    await app.owner.stepUp()
    const key = await app.owner.post('/api-keys', { name: 'k', scopes: ['contacts.view'] })
    const byKey = await app.nobody.send({
      url: '/api/v1/webhooks',
      headers: { authorization: `Bearer ${key.body.secret}` },
    })
    expect([byKey.status, byKey.body.code]).toEqual([403, 'panel_only'])
  })
})

describe('changing a webhook', () => {
  it('judges If-Match, and a new address must be proven anew', async () => {
    const { id } = await addProven(app, receiver.url)
    const renamed = await app.owner.patch(`/webhooks/${id}`, { name: 'Shop' }, { 'if-match': '"1"' })
    expect(renamed.body).toMatchObject({ name: 'Shop', proven: true, version: 2 })
    const stale = await app.owner.patch(`/webhooks/${id}`, { name: 'Late' }, { 'if-match': '"1"' })
    expect([stale.status, stale.body.code]).toEqual([412, 'version_conflict'])
    const moved = await app.owner.patch(`/webhooks/${id}`, { url: `${receiver.url}/other` })
    expect(moved.body).toMatchObject({ proven: false })
  })

  it('with other credentials must be proven anew; the same address changes nothing', async () => {
    const { id } = await addProven(app, receiver.url)
    expect((await app.owner.patch(`/webhooks/${id}`, { url: receiver.url })).body.proven).toBe(true)
    const changed = await app.owner.patch(`/webhooks/${id}`, { auth: { type: 'bearer', token: 'abc.def' } })
    expect(changed.body).toMatchObject({ proven: false, auth: { type: 'bearer', username: null } })
    const refused = await app.owner.post(`/webhooks/${id}/replay`, { state: 'dead' })
    expect([refused.status, refused.body.code]).toEqual([409, 'webhook_not_tested'])
  })

  it('switches it off and on', async () => {
    const { id } = await addProven(app, receiver.url)
    const off = await app.owner.patch(`/webhooks/${id}`, { enabled: false })
    expect(off.body).toMatchObject({ enabled: false, disabled_reason: 'by_user' })
    const on = await app.owner.patch(`/webhooks/${id}`, { enabled: true })
    expect(on.body).toMatchObject({ enabled: true, disabled_reason: null })
  })

  it('removes it with its log', async () => {
    const { id } = await addProven(app, receiver.url)
    expect((await app.owner.del(`/webhooks/${id}`)).status).toBe(204)
    expect((await app.owner.get(`/webhooks/${id}`)).status).toBe(404)
    expect((await app.owner.get(`/webhooks/${id}/deliveries`)).status).toBe(404)
  })
})

describe('the test of a webhook', () => {
  it('is signed, marked and proves by the challenge alone', async () => {
    const made = await addWebhook(app.owner, receiver.url, { auth: { type: 'bearer', token: 'to.ken' } })
    await app.nobody.post('/test/reset-limits')
    receiver.answer(answering(200, 'OK'))
    const polite = await app.owner.post(`/webhooks/${made.id}/test`)
    expect(polite.body).toMatchObject({ status: 200, proven: false, excerpt: 'OK', failure: null })
    receiver.answer(({ headers, body }, response) =>
      response.end(`${headers.authorization} ${body.data['challenge']}`),
    )
    const tested = await app.owner.post(`/webhooks/${made.id}/test`)
    expect(tested.body).toMatchObject({ status: 200, proven: true })
    expect(tested.raw).not.toContain('to.ken')
    const sample = receiver.received.at(-1)
    expect(sample?.body).toMatchObject({ type: 'webhook.test', test: true, account_id: app.accountId })
    expect(sample?.headers).toMatchObject({
      authorization: 'Bearer to.ken',
      'webhook-id': sample?.body.id,
      'content-type': 'application/json',
    })
    expect(sample && verifies(made.secret, sample)).toBe(true)
    receiver.answer(({ body }, response) => response.writeHead(500).end(JSON.stringify(body.data)))
    expect((await app.owner.post(`/webhooks/${made.id}/test`)).body).toMatchObject({
      status: 500,
      proven: false,
    })
  })

  it('tells what went wrong when nobody answers', async () => {
    const { id } = await addWebhook(app.owner, 'http://127.0.0.1:9/')
    const { body } = await app.owner.post(`/webhooks/${id}/test`)
    expect(body).toMatchObject({ status: null, failure: 'unreachable', excerpt: '', proven: false })
  })

  it('is refused when the name leads elsewhere by now', async () => {
    const lookups = { 'moving.example.com': [['127.0.0.1'], ['10.0.0.5']] }
    expect((await app.nobody.post('/test/dns', { records: lookups })).status).toBeLessThan(300)
    const { id } = await addWebhook(app.owner, `http://moving.example.com:${receiver.port}/`)
    const before = receiver.received.length
    const { status, body } = await app.owner.post(`/webhooks/${id}/test`)
    expect([status, body.code]).toEqual([422, 'url_refused'])
    expect(receiver.received.length).toBe(before)
  })

  it('may be made ten times an hour in an account', async () => {
    const { id } = await addWebhook(app.owner, 'http://127.0.0.1:9/')
    await app.nobody.post('/test/reset-limits')
    for (let n = 0; n < 10; n += 1) expect((await app.owner.post(`/webhooks/${id}/test`)).status).toBe(200)
    const { status, body, headers } = await app.owner.post(`/webhooks/${id}/test`)
    expect([status, body.code]).toEqual([429, 'rate_limited'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    await app.nobody.post('/test/reset-limits')
  })
})

describe('the number of webhooks', () => {
  it('holds for several makers at once, and the entitlement closes the making', async () => {
    await app.nobody.post('/test/seed', {
      accounts: [
        {
          name: 'Small',
          entitlements: { 'limit.webhooks': 1 },
          users: [{ email: 'o@small.test', password, roles: ['owner'] }],
        },
        {
          name: 'Without',
          entitlements: { webhooks: false },
          users: [{ email: 'o@without.test', password, roles: ['owner'] }],
        },
      ],
    })
    const [small, without] = [makeClient(app.app), makeClient(app.app)]
    await small.post('/sign-in', { login: 'o@small.test', password })
    await without.post('/sign-in', { login: 'o@without.test', password })
    await Promise.all([small.stepUp(), without.stepUp()])
    const body = { url: receiver.url, events: ['campaign.*'] }
    const answers = await Promise.all([1, 2, 3].map(() => small.post('/webhooks', body)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 403, 403])
    expect(answers.find(({ status }) => status === 403)?.body).toMatchObject({
      code: 'limit_reached',
      limit_key: 'limit.webhooks',
      used: 1,
    })
    expect((await without.post('/webhooks', body)).body.code).toBe('feature_disabled')
  })
})
