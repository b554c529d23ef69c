import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague } from '../../test/people.ts'
import { appCode, bindApp, grantMfa, lastCode, otherThan, outbox } from '../../test/second-factor.ts'

const app = await startTestApp()
beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

let people = 0
const person = (email = `person-${++people}@acme.test`) =>
  aColleague(app, app.owner, { roles: ['sender'], email })

/** As POST /step-up with the purpose `factors` makes it, whatever the person has to confirm with. */
const freshen = (userId: string) =>
  inAccount(app.db, app.accountId, (trx) =>
    sql`update sessions set fresh_general_until = app_now() + interval '5 minutes',
      fresh_factors_until = app_now() + interval '5 minutes'
      where account_id = ${app.accountId} and user_id = ${userId}`.execute(trx),
  )
const codes = (answer: { body: { recovery_codes?: string[] } }): string[] => answer.body.recovery_codes ?? []

/** Signs in with password and app, and goes on in the returned client. */
const signIn = async (login: string): Promise<{ client: Client; answer: any }> => {
  const client = makeClient(app.app)
  return { client, answer: await client.post('/sign-in', { login, password }) }
}

describe('binding an authenticator app', () => {
  test('shows the secret once, wants one right code, and asks for it at the next sign-in', async () => {
    const { email, id } = await person()
    const { client, secret } = await bindApp(app, email)
    const own = await client.get('/me/factors')
    expect(own.body).toMatchObject({
      effective: { required: true, by: 'own_factor' },
      factors: [{ type: 'totp', status: 'active', strength: 'strong' }],
      recovery_codes_left: 10,
    })
    expect(own.raw).not.toContain(secret)
    const { answer } = await signIn(email)
    expect(answer.body).toMatchObject({ status: 'challenge', challenge: { method: 'totp' } })
    const [mail] = await outbox(app, email, 'mfa_changed')
    expect(mail?.kind).toBe('mfa_changed')
    await freshen(id)
    expect((await client.post('/me/factors/totp')).body.code).toBe('factor_exists')
  })

  test('the code that confirmed the app does not sign in as well', async () => {
    const { email } = await person()
    const { secret } = await bindApp(app, email)
    const { client, answer } = await signIn(email)
    const used = await client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, {
      code: appCode(app, secret),
    })
    expect(used.body.code).toBe('code_wrong')
    const next = await client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, {
      code: appCode(app, secret, 1),
    })
    expect(next.body.status).toBe('signed_in')
  })

  test('a wrong code binds nothing, what is no code is told so, and the unconfirmed dies after ten minutes', async () => {
    const { id, client } = await person()
    await freshen(id)
    const begun = await client.post('/me/factors/totp')
    expect(begun.status).toBe(201)
    expect(begun.body.qr_svg).toMatch(/^<svg/)
    expect(begun.body.otpauth_uri).toContain(begun.body.secret)
    const at = `/me/factors/totp/${begun.body.id}/confirm`
    const right = appCode(app, begun.body.secret)
    expect((await client.post(at, { code: 'abcdef' })).body.code).toBe('code_malformed')
    const wrong = await client.post(at, { code: otherThan(right) })
    expect([wrong.status, wrong.body.code]).toEqual([403, 'code_wrong'])
    expect((await client.get('/me/factors')).body.factors).toEqual([])
    await app.advance(601)
    expect((await client.post(at, { code: appCode(app, begun.body.secret) })).status).toBe(404)
  })

  test('needs a fresh confirmation of the stronger kind', async () => {
    const { client } = await person()
    for (const path of ['totp', 'passkeys/options', 'email', 'sms', 'recovery-codes']) {
      const answer = await client.post(`/me/factors/${path}`)
      expect([answer.status, answer.body.code, answer.body.purpose]).toEqual([
        403,
        'step_up_required',
        'factors',
      ])
    }
  })

  test('two confirmations at once bind one factor with one set of codes', async () => {
    const { id, client } = await person()
    await freshen(id)
    const begun = await client.post('/me/factors/totp')
    const at = `/me/factors/totp/${begun.body.id}/confirm`
    const code = appCode(app, begun.body.secret)
    const { cookie } = client
    const answers = await Promise.all([1, 2, 3].map(() => makeClient(app.app, cookie).post(at, { code })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
  })

  test('the secret stands sealed in the database', async () => {
    const { email, id } = await person()
    const { secret } = await bindApp(app, email)
    const { rows } = await inAccount(app.db, app.accountId, (trx) =>
      sql<{ text: string }>`select f::text as text from mfa_factors f where user_id = ${id}`.execute(trx),
    )
    expect(rows[0]?.text).not.toContain(secret)
  })
})

describe('codes by mail and SMS', () => {
  test('are not for accounts whose operator has not granted them', async () => {
    const { id, client } = await person()
    await freshen(id)
    for (const method of ['email', 'sms']) {
      const answer = await client.post(`/me/factors/${method}`)
      expect([answer.status, answer.body.code]).toEqual([403, 'mfa_not_entitled'])
    }
  })

  test('a mailed code binds the mailbox; SMS asks for a number first', async () => {
    await grantMfa(app, app.accountId)
    const { id, email, client } = await person()
    await freshen(id)
    expect((await client.post('/me/factors/sms')).body.code).toBe('phone_required')
    const begun = await client.post('/me/factors/email')
    expect(begun.body.challenge).toMatchObject({ purpose: 'enrol', method: 'email', sent: true })
    const code = await lastCode(app, email, 'enrolment_code')
    const at = '/me/factors/email/confirm'
    const wrong = await client.post(at, { challenge_id: begun.body.challenge.id, code: otherThan(code) })
    expect([wrong.status, wrong.body.code, wrong.body.attempts_left]).toEqual([403, 'code_wrong', 4])
    const strange = await app.other.post(at, { challenge_id: begun.body.challenge.id, code })
    expect([strange.status, strange.body.code]).toEqual([403, 'challenge_closed'])
    const sms = await client.post('/me/factors/sms/confirm', {
      challenge_id: begun.body.challenge.id,
      code: '123456',
    })
    expect(sms.status).toBeGreaterThanOrEqual(400)
    const bound = await client.post(at, { challenge_id: begun.body.challenge.id, code })
    expect(bound.body.factor).toMatchObject({ type: 'email', status: 'active', strength: 'weak' })
    expect(codes(bound)).toHaveLength(10)
    await freshen(id)
    expect((await client.post('/me/factors/email')).body.code).toBe('factor_exists')
  })
})

describe('keeping factors', () => {
  test('name, order and removal are one’s own alone', async () => {
    const { email } = await person()
    const { client } = await bindApp(app, email)
    const { id } = (await client.get('/me/factors')).body.factors[0]
    const named = await client.patch(`/me/factors/${id}`, { name: 'Phone' })
    expect(named.body).toMatchObject({ id, name: 'Phone' })
    expect((await app.other.patch(`/me/factors/${id}`, { name: 'Mine' })).status).toBe(404)
    await freshen((await client.get('/me')).body.id)
    expect((await client.put('/me/factors/preferred', { method: 'sms' })).body.code).toBe(
      'method_not_offered',
    )
    expect((await client.put('/me/factors/preferred', { method: 'totp' })).body.preferred).toBe('totp')
    expect((await client.del(`/me/factors/${id}`)).status).toBe(204)
    expect((await client.get('/me/factors')).body).toMatchObject({ factors: [], recovery_codes_left: 0 })
    expect((await client.post('/me/factors/recovery-codes')).body.code).toBe('no_factor')
  })

  test('the last one that is demanded stays', async () => {
    await grantMfa(app, app.accountId)
    const { email, id } = await person()
    await app.owner.stepUp()
    const { client } = await bindApp(app, email)
    await app.owner.stepUp()
    expect((await app.owner.put(`/users/${id}/mfa`, { setting: 'totp' })).body).toMatchObject({
      status: 'active',
      effective: { required: true, by: 'user' },
    })
    await freshen(id)
    const factor = (await client.get('/me/factors')).body.factors[0]
    const answer = await client.del(`/me/factors/${factor.id}`)
    expect([answer.status, answer.body.code]).toEqual([409, 'factor_required'])
  })
})

describe('recovery codes', () => {
  const withCodes = async () => {
    const { email, id } = await person()
    const { client: before } = await bindApp(app, email)
    const { client, answer } = await signIn(email)
    return { email, id, before, client, challenge: answer.body.challenge.id as string }
  }
  const fresh = async (client: Client, id: string): Promise<string[]> => {
    await freshen(id)
    return (await client.post('/me/factors/recovery-codes')).body.codes
  }

  test('let a person who lost the phone back in, bind a new app, and have full access again', async () => {
    const { email, id } = await person()
    const { client: before } = await bindApp(app, email)
    const [first = ''] = await fresh(before, id)
    const { client, answer } = await signIn(email)
    expect(answer.body.challenge.alternatives).toContainEqual({ method: 'recovery', destination: null })
    const back = await client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, {
      recovery_code: first.toLowerCase().replaceAll('-', ' '),
    })
    expect(back.body).toMatchObject({
      status: 'signed_in',
      recovery_codes_left: 9,
      session: { limited: 'recovery' },
    })
    expect((await client.get('/contacts')).body.code).toBe('session_limited')
    expect((await outbox(app, email, 'recovery_used'))[0]).toBeDefined()
    const begun = await client.post('/me/factors/totp')
    expect(begun.status).toBe(201)
    const { cookie } = client
    const bound = await client.post(`/me/factors/totp/${begun.body.id}/confirm`, {
      code: appCode(app, begun.body.secret),
    })
    expect(bound.status).toBe(200)
    expect(client.cookie).not.toBe(cookie)
    expect((await makeClient(app.app, cookie).get('/session')).status).toBe(401)
    const session = await client.get('/session')
    expect(session.body).toMatchObject({ limited: null })
    expect(session.body.amr).toContain('totp')
    const own = await client.get('/me/factors')
    expect(own.body.factors.filter((one: { type: string }) => one.type === 'totp')).toHaveLength(1)
  })

  test('one code twenty times at once lets one in', async () => {
    const { email, id } = await person()
    const { client: before } = await bindApp(app, email)
    const [first = ''] = await fresh(before, id)
    const begun = await Promise.all([1, 2, 3].map(() => signIn(email)))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => {
        const one = begun[index % begun.length]
        return makeClient(app.app, one?.client.cookie).post(
          `/sign-in/challenges/${one?.answer.body.challenge.id}/verify`,
          { recovery_code: first },
        )
      }),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
  })

  test('a new set kills the old one; a code of somebody else opens nothing', async () => {
    const one = await withCodes()
    const other = await withCodes()
    const old = await fresh(one.before, one.id)
    const now = await fresh(one.before, one.id)
    const attempt = (who: typeof one, code: string | undefined) =>
      who.client.post(`/sign-in/challenges/${who.challenge}/verify`, { recovery_code: code })
    expect((await attempt(one, old[0])).body.code).toBe('code_wrong')
    expect((await attempt(other, now[0])).body.code).toBe('code_wrong')
    expect((await attempt(one, 'no code')).body.code).toBe('code_malformed')
    expect((await attempt(one, now[0])).body.status).toBe('signed_in')
  })

  test('may add a factor without confirming anew for thirty minutes and no longer', async () => {
    const { email, id } = await person()
    const { client: before } = await bindApp(app, email)
    const [first = ''] = await fresh(before, id)
    const { client, answer } = await signIn(email)
    await client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, { recovery_code: first })
    await app.advance(1_801)
    expect((await client.post('/me/factors/totp')).body.code).toBe('step_up_required')
  })
})
