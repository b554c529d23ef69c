import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'

const app = await startTestApp()

describe('signing in', () => {
  it('answers a session and sets an HttpOnly cookie', async () => {
    const client = makeClient(app.app)
    const answer = await client.post('/sign-in', { login: ' Owner@Acme.test ', password, next: '/contacts' })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      status: 'signed_in',
      next: '/contacts',
      session: { account: { name: 'Acme', kind: 'tenant' } },
    })
    expect([answer.headers['set-cookie']].flat()).toEqual([
      expect.stringMatching(/^sid=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^kd=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=15552000$/),
    ])
    expect((await client.get('/session')).body.user.login).toBe('owner@acme.test')
  })

  it('answers the same bytes for a wrong password and an unknown login', async () => {
    const wrong = await app.nobody.post('/sign-in', {
      login: 'owner@acme.test',
      password: 'not the password at all',
    })
    const unknown = await app.nobody.post('/sign-in', { login: 'nobody@acme.test', password })
    expect(wrong.status).toBe(401)
    expect(wrong.raw).toBe(unknown.raw)
    expect(wrong.body.code).toBe('sign_in_refused')
  })

  it.each(['//evil.test', '/\\evil.test', 'https://evil.test', '/a\nb', 'contacts'])(
    'ignores the foreign target %j',
    async (next) => {
      const answer = await makeClient(app.app).post('/sign-in', { login: 'owner@acme.test', password, next })
      expect(answer.body.next).toBeNull()
    },
  )

  it('ends with sign-out: the cookie is dead afterwards', async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@acme.test', password })
    const cookie = client.cookie
    expect((await client.post('/sign-out')).status).toBe(204)
    expect((await makeClient(app.app, cookie).get('/session')).status).toBe(401)
  })

  it('stops guessing after ten wrong passwords from one address', async () => {
    const answers = []
    for (let n = 0; n < 11; n += 1) {
      answers.push(
        await app.nobody.post('/sign-in', {
          login: 'guess@acme.test',
          password: `wrong password number ${n}`,
        }),
      )
    }
    expect(answers.at(-2)?.status).toBe(401)
    expect(answers.at(-1)?.status).toBe(429)
    expect(Number(answers.at(-1)?.headers['retry-after'])).toBeGreaterThan(0)
    await app.nobody.post('/test/reset-limits')
  })
})

describe('step-up', () => {
  it('guards the own password and gives the session a new token', async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@other.test', password })
    const refused = await client.post('/me/password', {
      current_password: password,
      new_password: 'another long enough secret',
    })
    expect(refused.body).toMatchObject({ code: 'step_up_required', purpose: 'general' })
    const before = client.cookie
    await client.stepUp()
    expect(client.cookie).not.toBe(before)
    expect((await makeClient(app.app, before).get('/session')).status).toBe(401)
    expect(
      (await client.post('/step-up', { purpose: 'general', password: 'wrong wrong wrong' })).body.code,
    ).toBe('current_password_wrong')
  })
})

describe('a session', () => {
  it('ends when it was idle too long', async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@acme.test', password })
    await app.advance(31 * 60)
    expect((await client.get('/session')).status).toBe(401)
  })
})
