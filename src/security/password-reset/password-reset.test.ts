import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague, newestMail, strangersAnswered } from '../../test/people.ts'

const app = await startTestApp({ jobs: true })
const { owner, nobody } = app
await owner.stepUp()
const next = 'another long enough secret'

const ask = async (login: string) => {
  const answer = await nobody.post('/password-reset', { login })
  await strangersAnswered(app)
  return answer
}
const tokenFor = async (login: string) => {
  await ask(login)
  return (await newestMail(app, login, 'password_reset'))?.token ?? ''
}

describe('a password reset', () => {
  it('answers the same for known, unknown and disabled logins', async () => {
    const anna = await aColleague(app, owner)
    await owner.patch(`/users/${anna.id}`, { sign_in_allowed: false })
    const answers = await Promise.all(['owner@acme.test', 'nobody@acme.test', anna.email].map(ask))
    expect(new Set(answers.map((answer) => `${answer.status} ${answer.raw}`))).toEqual(new Set(['202 {}']))
    expect(await newestMail(app, 'nobody@acme.test', 'password_reset')).toBeUndefined()
    expect(await newestMail(app, anna.email, 'password_reset')).toBeUndefined()
    await app.nobody.post('/test/reset-limits')
  })

  it('sets the password, ends every session and signs nobody in', async () => {
    const anna = await aColleague(app, owner)
    const token = await tokenFor(anna.email)
    expect((await nobody.post('/password-reset/inspect', { token })).body).toEqual({ min_length: 15 })
    expect((await nobody.get('/password-reset/complete')).status).toBe(405)
    const weak = await nobody.post('/password-reset/complete', { token, password: 'passwordpassword' })
    expect(weak.body).toMatchObject({ code: 'password_weak', reason: 'common' })
    const same = await nobody.post('/password-reset/complete', { token, password })
    expect(same.body.code).toBe('password_reused')
    const done = await nobody.post('/password-reset/complete', { token, password: next })
    expect([done.status, done.headers['set-cookie']]).toEqual([204, undefined])
    expect((await anna.client.get('/session')).status).toBe(401)
    const client = makeClient(app.app)
    expect((await client.post('/sign-in', { login: anna.email, password })).status).toBe(401)
    expect((await client.post('/sign-in', { login: anna.email, password: next })).body.status).toBe(
      'signed_in',
    )
    expect(await newestMail(app, anna.email, 'password_changed')).toBeDefined()
  })

  it('dies when its person signs in, or takes another address', async () => {
    const anna = await aColleague(app, owner)
    const token = await tokenFor(anna.email)
    await makeClient(app.app).post('/sign-in', { login: anna.email, password })
    const dead = await nobody.post('/password-reset/complete', { token, password: next })
    expect(dead.body.code).toBe('link_refused')
    const second = await tokenFor(anna.email)
    await anna.client.stepUp()
    await anna.client.post('/me/email', { email: `moved-${anna.email}` })
    const confirm = (await newestMail(app, `moved-${anna.email}`, 'email_change_confirm'))?.token
    expect((await nobody.post('/email-change/confirm', { token: confirm })).status).toBe(204)
    expect((await nobody.post('/password-reset/inspect', { token: second })).body.code).toBe('link_refused')
    await app.nobody.post('/test/reset-limits')
  })

  it('mails three times an hour and login and stays silent after that', async () => {
    const anna = await aColleague(app, owner)
    for (let n = 0; n < 5; n += 1) expect((await ask(anna.email)).status).toBe(202)
    const { body } = await nobody.get(`/test/outbox?to=${anna.email}&kind=password_reset`)
    expect(body.data).toHaveLength(3)
    await app.nobody.post('/test/reset-limits')
  })

  it('consumes its link once, the newest alone, within half an hour', async () => {
    const anna = await aColleague(app, owner)
    const first = await tokenFor(anna.email)
    const second = await tokenFor(anna.email)
    const refused = { status: 400, body: { code: 'link_refused' } }
    expect(await nobody.post('/password-reset/complete', { token: first, password: next })).toMatchObject(
      refused,
    )
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) =>
        nobody.post('/password-reset/complete', { token: second, password: `${next} number ${n}` }),
      ),
    )
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, 400, 400, 400])
    const third = await tokenFor(anna.email)
    await app.advance(30 * 60)
    expect(await nobody.post('/password-reset/inspect', { token: third })).toMatchObject(refused)
    await app.nobody.post('/test/reset-limits')
  })
})
