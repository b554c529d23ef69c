import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { buildApp } from '../../app.ts'
import { readConfig } from '../../config.ts'
import { openHub } from '../../live/index.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'

const login = 'owner@acme.test'

describe('cookies on plain http of this machine', () => {
  it('go without prefix and without Secure', async () => {
    const app = await startTestApp()
    const client = makeClient(app.app)
    const options = await client.post('/sign-in/passkey/options')
    expect([options.headers['set-cookie']].flat()).toEqual([
      expect.stringMatching(/^pre=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=900$/),
    ])
    const answer = await client.post('/sign-in', { login, password })
    expect([answer.headers['set-cookie']].flat()).toEqual([
      expect.stringMatching(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^kd=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=15552000$/),
      expect.stringMatching(/^pre=; Path=\/; HttpOnly; SameSite=Strict; Max-Age=0$/),
    ])
  })
})

describe('cookies under https', () => {
  it('carry the prefix and Secure, and those without prefix are not read', async () => {
    const app = await startTestApp()
    const config = readConfig({
      PUBLIC_URL: 'https://panel.example.com',
      CONTENT_URL: 'https://content.example.net',
      SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
    })
    const hub = openHub(app.urls.app, app.deps.log)
    const server = buildApp({ deps: { ...app.deps, config }, hub, isReady: () => true, testSupport: null })
    const headers = {
      host: 'panel.example.com',
      origin: 'https://panel.example.com',
      'x-campanile-request': '1',
    }
    const url = '/api/v1/sign-in'
    const answer = await server.inject({ method: 'POST', url, headers, payload: { login, password } })
    const given = [answer.headers['set-cookie'] ?? []].flat()
    expect(given).toEqual([
      expect.stringMatching(/^__Host-sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure$/),
      expect.stringMatching(
        /^__Host-kd=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=15552000$/,
      ),
    ])
    const token = /=([\w-]+)/.exec(given[0] ?? '')?.[1]
    const read = (cookie: string) =>
      server.inject({ method: 'GET', url: '/api/v1/session', headers: { ...headers, cookie } })
    expect((await read(`__Host-sid=${token}`)).statusCode).toBe(200)
    expect((await read(`sid=${token}`)).statusCode).toBe(401)
    await Promise.all([server.close(), hub.close()])
  })
})

describe('a planted cookie', () => {
  it('is never adopted', async () => {
    const app = await startTestApp()
    const planted = 'P'.repeat(43)
    const client = makeClient(app.app, `sid=${planted}; pre=${planted}; kd=${planted}; td=${planted}`)
    await client.post('/sign-in/passkey/options')
    expect(client.cookie).not.toContain(`pre=${planted}`)
    const answer = await client.post('/sign-in', { login, password })
    const given = [answer.headers['set-cookie']].flat().join('\n')
    expect(given).not.toContain(`sid=${planted}`)
    expect(given).toMatch(/^kd=(?!P{43})[\w-]{43}\./m)
    expect((await makeClient(app.app, `sid=${planted}`).get('/session')).status).toBe(401)
  })
})

describe('other plain http origins', () => {
  it.each(['http://panel.example.com', 'http://192.0.2.1', 'http://[::1]:8420'])(
    '%s does not start',
    (url) => {
      expect(() => readConfig({ PUBLIC_URL: url, CONTENT_URL: 'https://content.example.net' })).toThrow(
        /PUBLIC_URL/,
      )
    },
  )
})
