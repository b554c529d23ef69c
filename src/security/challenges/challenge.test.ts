import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'
import { grantMfa, lastCode, otherThan, outbox } from '../../test/second-factor.ts'

const app = await startTestApp()
const login = 'owner@acme.test'
await grantMfa(app, app.accountId)
await setFactor()

async function setFactor() {
  await app.owner.stepUp()
  const answer = await app.owner.put(`/users/${app.ownerId}/mfa`, { setting: 'email' })
  if (answer.status !== 200) throw new Error(answer.raw)
}

const begin = async (): Promise<{ client: Client; id: string; challenge: any; code: string }> => {
  const client = makeClient(app.app)
  const answer = await client.post('/sign-in', { login, password, next: '/contacts' })
  if (answer.body.status !== 'challenge') throw new Error(answer.raw)
  const { challenge } = answer.body
  return { client, challenge, id: challenge.id, code: await lastCode(app, login, 'sign_in_code') }
}
const verify = (client: Client, id: string, code: unknown) =>
  client.post(`/sign-in/challenges/${id}/verify`, { code })

beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

describe('a sign-in with a mailed code', () => {
  it('answers a challenge with a masked destination and no session', async () => {
    const { client, challenge } = await begin()
    expect(challenge).toMatchObject({
      purpose: 'sign_in',
      method: 'email',
      destination: 'o***@a***.test',
      attempts_left: 5,
      sent: true,
    })
    expect(challenge.id).toMatch(/^[\w-]{22}$/)
    expect(client.cookie).toMatch(/^pre=[\w-]{43}$/)
    expect((await client.get('/session')).status).toBe(401)
    expect((await client.get('/me')).status).toBe(401)
  })

  it('is signed in by the code, spaces and dashes or not, and goes where it wanted', async () => {
    const { client, id, code } = await begin()
    const answer = await verify(client, id, ` ${code.slice(0, 4)}-${code.slice(4)} `)
    expect(answer.body).toMatchObject({
      status: 'signed_in',
      next: '/contacts',
      session: { amr: ['pwd', 'email'], limited: null },
    })
    expect(client.cookie).not.toContain('pre=')
    expect((await client.get('/session')).status).toBe(200)
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
  })

  it.each([
    ['too short', '1234'],
    ['too long', '123456789'],
    ['letters', 'abcdefgh'],
    ['foreign digits', '１２３４５６７８'],
    ['nothing', ''],
    ['a tab inside', '1234\t5678'],
    ['thousands of digits', '1'.repeat(5000)],
  ])('refuses what is no code (%s) and spends nothing', async (_name, code) => {
    const { client, id, code: right } = await begin()
    const answer = await verify(client, id, code)
    expect([answer.status, answer.body.code]).toEqual([400, 'code_malformed'])
    expect((await verify(client, id, otherThan(right))).body.attempts_left).toBe(4)
  })

  it.each([[12_345_678], [null], [['12345678']], [{ code: 1 }], [true]])(
    'refuses %j, which is no text, as 422',
    async (code) => {
      const { client, id } = await begin()
      const answer = await verify(client, id, code)
      expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
    },
  )

  it('refuses none and two proofs at once', async () => {
    const { client, id, code } = await begin()
    expect((await client.post(`/sign-in/challenges/${id}/verify`, {})).status).toBe(422)
    const two = { code, recovery_code: '1-AAAA-AAAA-AAAA-AAAA' }
    expect((await client.post(`/sign-in/challenges/${id}/verify`, two)).status).toBe(422)
  })

  it('closes with the fifth wrong code, mails the person and stays closed for the right one', async () => {
    const { client, id, code } = await begin()
    await app.nobody.send({ method: 'DELETE', url: '/test/outbox' })
    const answers = []
    for (let n = 0; n < 5; n += 1) answers.push(await verify(client, id, otherThan(code)))
    expect(answers.map(({ body }) => [body.code, body.attempts_left])).toEqual([
      ['code_wrong', 4],
      ['code_wrong', 3],
      ['code_wrong', 2],
      ['code_wrong', 1],
      ['challenge_closed', undefined],
    ])
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
    expect(await outbox(app, login, 'password_known')).toHaveLength(1)
  })

  it('knows nothing of a challenge in another browser', async () => {
    const { id, code } = await begin()
    const other = await begin()
    expect((await verify(other.client, id, code)).body.code).toBe('challenge_closed')
    expect((await verify(makeClient(app.app), id, code)).body.code).toBe('challenge_closed')
  })

  it.each([['x'], ['0190a000-0000-7000-8000-0000000000aa'], ['A'.repeat(22)], ['%00'], ['A'.repeat(199)]])(
    'answers the unknown id %j like a closed one',
    async (id) => {
      const { client } = await begin()
      const answer = await verify(client, id, '12345678')
      expect([401, 422]).toContain(answer.status)
      if (answer.status === 401) expect(answer.body.code).toBe('challenge_closed')
    },
  )

  it('dies with its time, and the whole dialogue with its quarter of an hour', async () => {
    const { client, id, code } = await begin()
    await app.advance(10 * 60 + 1)
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
    const again = await client.post(`/sign-in/challenges/${id}/resend`)
    expect(again.status).toBe(200)
    const fresh = await lastCode(app, login, 'sign_in_code')
    await app.advance(5 * 60)
    expect((await verify(client, again.body.challenge.id, fresh)).body.code).toBe('challenge_closed')
  })

  it('evaluates five of fifty parallel guesses and signs in at most once', async () => {
    const { client, id, code } = await begin()
    const wrong = otherThan(code)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => makeClient(app.app, client.cookie)).map((one) =>
        verify(one, id, wrong),
      ),
    )
    const spent = answers.filter(({ body }) => body.code === 'code_wrong').length
    expect(spent).toBeLessThanOrEqual(4)
    expect(answers.every(({ status }) => [401, 429].includes(status))).toBe(true)
    const row = await inAccount(app.db, app.accountId, (trx) =>
      sql<{ attempts_left: number; state: string }>`select attempts_left, state from mfa_challenges
        where account_id = ${app.accountId} and id = ${id}`.execute(trx),
    )
    expect(row.rows[0]).toEqual({ attempts_left: 0, state: 'locked' })
  })

  it('makes one session of twenty parallel right codes', async () => {
    const { client, id, code } = await begin()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => verify(makeClient(app.app, client.cookie), id, code)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it('stops when the person was switched off meanwhile', async () => {
    const { client, id, code } = await begin()
    const set = (allowed: boolean) =>
      inAccount(app.db, app.accountId, (trx) =>
        sql`update users set sign_in_allowed = ${allowed} where account_id = ${app.accountId}`.execute(trx),
      )
    await set(false)
    const answer = await verify(client, id, code)
    await set(true)
    expect(answer.body.code).toBe('challenge_closed')
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
  })

  it('never shows a code in an answer', async () => {
    const { challenge, code } = await begin()
    expect(JSON.stringify(challenge)).not.toContain(code)
  })
})

describe('another code', () => {
  it('comes after half a minute, kills the first and keeps the attempts', async () => {
    const { client, id, code } = await begin()
    await verify(client, id, otherThan(code))
    const early = await client.post(`/sign-in/challenges/${id}/resend`)
    expect([early.status, early.body.code]).toEqual([429, 'resend_wait'])
    expect(Number(early.headers['retry-after'])).toBeGreaterThan(0)
    await app.advance(31)
    const second = await client.post(`/sign-in/challenges/${id}/resend`)
    expect(second.body.challenge).toMatchObject({ attempts_left: 4, sent: true })
    expect(second.body.challenge.id).not.toBe(id)
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
    expect((await verify(client, second.body.challenge.id, code)).body.attempts_left).toBe(3)
    const fresh = await lastCode(app, login, 'sign_in_code')
    expect((await verify(client, second.body.challenge.id, fresh)).status).toBe(200)
  })

  it('takes no destination and no method along', async () => {
    const { client, id } = await begin()
    const answer = await client.post(`/sign-in/challenges/${id}/resend`, { method: 'sms' })
    expect(answer.body.errors[0].code).toBe('unknown_field')
  })

  it('is sent three times in one dialogue', async () => {
    const { client, id } = await begin()
    await app.advance(31)
    const second = await client.post(`/sign-in/challenges/${id}/resend`)
    await app.advance(61)
    const third = await client.post(`/sign-in/challenges/${second.body.challenge.id}/resend`)
    expect(third.body.challenge.resend_after).toBeNull()
    await app.advance(121)
    const fourth = await client.post(`/sign-in/challenges/${third.body.challenge.id}/resend`)
    expect([fourth.status, fourth.body.code]).toEqual([409, 'not_resendable'])
  })

  it('comes once of ten parallel requests', async () => {
    const { client, id } = await begin()
    await app.advance(31)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        makeClient(app.app, client.cookie).post(`/sign-in/challenges/${id}/resend`),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => [200, 401, 429].includes(status))).toBe(true)
  })

  it('cannot be had for a method that is not offered', async () => {
    const { client, id } = await begin()
    for (const method of ['sms', 'totp', 'email', 'recovery', 'x']) {
      const answer = await client.post(`/sign-in/challenges/${id}/use`, { method })
      expect([answer.status, answer.body.code]).toEqual([409, 'method_not_offered'])
    }
  })
})

describe('giving up', () => {
  it('closes the dialogue and clears the cookie, as often as one likes', async () => {
    const { client, id, code } = await begin()
    const { cookie } = client
    expect((await client.post(`/sign-in/challenges/${id}/cancel`)).status).toBe(204)
    expect(client.cookie).toBe('')
    expect((await verify(makeClient(app.app, cookie), id, code)).body.code).toBe('challenge_closed')
    expect((await client.post(`/sign-in/challenges/${id}/cancel`)).status).toBe(204)
  })

  it('does not touch the dialogue of another browser', async () => {
    const { client, id, code } = await begin()
    const stranger = await begin()
    await stranger.client.post(`/sign-in/challenges/${id}/cancel`)
    expect((await verify(client, id, code)).status).toBe(200)
  })
})

describe('many dialogues', () => {
  it('leave three open, the oldest gives way', async () => {
    const first = await begin()
    await begin()
    await begin()
    const last = await begin()
    expect((await verify(first.client, first.id, first.code)).body.code).toBe('challenge_closed')
    expect((await verify(last.client, last.id, last.code)).status).toBe(200)
  })

  it('send ten codes a day; then the password step says that none was sent', async () => {
    for (let n = 0; n < 10; n += 1) await begin()
    const client = makeClient(app.app)
    const answer = await client.post('/sign-in', { login, password })
    expect(answer.body).toMatchObject({ status: 'challenge', challenge: { sent: false } })
    expect(answer.body.challenge.resend_after).not.toBeNull()
  })
})

describe('"that was not me"', () => {
  it('ends every open sign-in and session, kills the password and mails a way back', async () => {
    const { client, id, code } = await begin()
    const [mail] = await outbox(app, login, 'sign_in_code')
    const notMe = /not-me#token=([\w-]+)/.exec(mail?.text ?? '')?.[1]
    expect((await app.nobody.get('/sign-in/not-me')).status).toBe(405)
    expect((await app.nobody.post('/sign-in/not-me', { token: notMe })).status).toBe(204)
    expect((await verify(client, id, code)).body.code).toBe('challenge_closed')
    expect((await app.owner.get('/session')).status).toBe(401)
    expect((await makeClient(app.app).post('/sign-in', { login, password })).body.code).toBe(
      'sign_in_refused',
    )
    expect(await outbox(app, login, 'password_reset')).toHaveLength(1)
    expect((await app.nobody.post('/sign-in/not-me', { token: notMe })).body.code).toBe('link_refused')
  })
})
