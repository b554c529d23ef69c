import { describe, expect, it } from 'vitest'
import { readConfig } from '../../config.ts'
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
