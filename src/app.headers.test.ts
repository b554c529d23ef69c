import { describe, expect, test } from 'vitest'
import { buildApp } from './app.ts'
import { openHub } from './live/index.ts'
import { startTestApp } from './test/app.ts'

const app = await startTestApp()

const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': expect.stringContaining('publickey-credentials-get=(self)'),
  'x-request-id': expect.stringMatching(/^[\w-]{1,64}$/),
}
const api = {
  ...always,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cache-control': 'no-store',
}

describe('every kind of answer carries the headers', () => {
  test.each([
    ['a public answer', 'GET', '/api/v1/health', {}, 200],
    ['an answer to somebody signed in', 'GET', '/api/v1/session', {}, 200],
    ['an answer without content', 'POST', '/api/v1/me/sessions/end-others', {}, 200],
    ['an unknown address', 'GET', '/api/v1/nothing', {}, 404],
    ['a method that is not offered', 'TRACE', '/api/v1/session', {}, 405],
    ['an unknown encoding of an address', 'GET', '/api/v1/%zz', {}, 400],
    ['a refused origin', 'POST', '/api/v1/sign-out', { origin: 'https://evil.test' }, 403],
    ['unparsable JSON', 'POST', '/api/v1/sign-in', { 'content-type': 'application/json' }, 400],
    ['an event stream that is refused', 'GET', '/api/v1/events', { cookie: '' }, 401],
    ['the API description', 'GET', '/api/v1/openapi.json', {}, 200],
  ] as const)('%s', async (_name, method, url, headers, status) => {
    const answer = await app.owner.send({
      method: method as 'GET',
      url,
      headers,
      ...('content-type' in headers ? { payload: '{' } : {}),
    })
    expect(answer.status).toBe(status)
    expect(answer.headers).toMatchObject(api)
    expect(answer.headers['strict-transport-security']).toBeUndefined()
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['server']).toBeUndefined()
  })

  test.each(['/', '/sign-in', '/contacts/groups', '/setup'])('the page %s', async (url) => {
    const answer = await app.nobody.send({ url })
    expect(answer.headers).toMatchObject(always)
    if (answer.status !== 200) return
    const policy = String(answer.headers['content-security-policy'])
    for (const part of [
      "default-src 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "require-trusted-types-for 'script'",
      'trusted-types default',
    ])
      expect(policy).toContain(part)
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=-]{16,}'/)
    expect(policy).not.toContain('unsafe')
  })

  test.each([
    ['/setup', 'no-referrer'],
    ['/invitation', 'no-referrer'],
    ['/password-reset', 'no-referrer'],
    ['/email-change/undo', 'no-referrer'],
    ['/not-me', 'no-referrer'],
    ['/sign-in', 'strict-origin-when-cross-origin'],
  ])('the page %s says %s', async (url, policy) => {
    expect((await app.nobody.send({ url })).headers['referrer-policy']).toBe(policy)
  })

  test('a fault', async () => {
    const { deps } = app
    const broken = {
      ...deps,
      db: new Proxy(deps.db, {
        get: () => () => {
          throw new Error('select 1 from secret_table')
        },
      }),
    }
    const hub = openHub(app.urls.app, deps.log)
    const faulty = buildApp({ deps: broken, hub, isReady: () => true, testSupport: null })
    const answer = await faulty.inject({ url: '/api/v1/setup', headers: { host: 'localhost:8420' } })
    await Promise.all([faulty.close(), hub.close()])
    expect(answer.statusCode).toBe(500)
    expect(answer.headers).toMatchObject(api)
    expect(answer.body).not.toMatch(/secret_table|select|\/src\/|at Object/)
  })

  test('over https also the demand to stay there', async () => {
    const { deps } = app
    const config = { ...deps.config, loopback: false, publicUrl: 'https://panel.example.com' }
    const hub = openHub(app.urls.app, deps.log)
    const secure = buildApp({ deps: { ...deps, config }, hub, isReady: () => true, testSupport: null })
    for (const url of ['/api/v1/health', '/api/v1/session', '/nothing-here.js', '/sign-in']) {
      const answer = await secure.inject({ url, headers: { host: 'panel.example.com' } })
      expect(answer.headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains')
    }
    await Promise.all([secure.close(), hub.close()])
  })
})

describe('what is not for everybody', () => {
  test('without test support nothing stands under /test, and what is never served is not there', async () => {
    const { deps } = app
    const hub = openHub(app.urls.app, deps.log)
    const plain = buildApp({ deps, hub, isReady: () => true, testSupport: null })
    const paths = [
      '/test/clock',
      '/test/outbox',
      '/metrics',
      '/readyz',
      '/.env',
      '/.git/config',
      '/assets/index.js.map',
    ]
    for (const url of paths) {
      const answer = await plain.inject({ url, headers: { host: 'localhost:8420' } })
      expect([url, answer.statusCode]).toEqual([url, 404])
    }
    const description = await plain.inject({
      url: '/api/v1/openapi.json',
      headers: { host: 'localhost:8420' },
    })
    expect(description.statusCode).toBe(401)
    await Promise.all([plain.close(), hub.close()])
  })
})
