import { beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'
import { appCode, bindApp, outbox } from '../../test/second-factor.ts'
import { makeRecoveryCodes } from '../factors/index.ts'

const app = await startTestApp()
const login = 'owner@acme.test'
const { secret } = await bindApp(app, login)

const begin = async (client = makeClient(app.app)): Promise<{ client: Client; challenge: any }> => {
  const answer = await client.post('/sign-in', { login, password })
  if (answer.body.status !== 'challenge') throw new Error(answer.raw)
  return { client, challenge: answer.body.challenge }
}
const verify = (client: Client, id: string, proof: object) =>
  client.post(`/sign-in/challenges/${id}/verify`, proof)
/** Each code works once, so every sign-in waits for the next one. */
const nextCode = async (): Promise<string> => {
  await app.advance(30)
  return appCode(app, secret)
}

beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

describe('an own authenticator app', () => {
  it('is asked for though nobody demands it', async () => {
    const { challenge } = await begin()
    expect(challenge).toMatchObject({ method: 'totp', destination: null, sent: false, resend_after: null })
    expect(challenge.alternatives).toEqual([{ method: 'recovery', destination: null }])
  })

  it('lets in once per code, also in parallel and over several dialogues', async () => {
    const code = await nextCode()
    const dialogues = [await begin(), await begin(), await begin()]
    const answers = await Promise.all(
      dialogues.map(({ client, challenge }) => verify(client, challenge.id, { code })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    const { client, challenge } = await begin()
    expect((await verify(client, challenge.id, { code })).body.code).toBe('code_wrong')
  })

  it('sends nothing, so nothing can be sent again', async () => {
    const { client, challenge } = await begin()
    const answer = await client.post(`/sign-in/challenges/${challenge.id}/resend`)
    expect([answer.status, answer.body.code]).toEqual([409, 'not_resendable'])
  })

  it('backs off after ten wrong codes in an hour, whichever dialogue they came from', async () => {
    const wrong: string[] = []
    for (let dialogue = 0; dialogue < 3; dialogue += 1) {
      const { client, challenge } = await begin()
      for (let n = 0; n < 5; n += 1)
        wrong.push((await verify(client, challenge.id, { code: '000000' })).body.code)
      if (dialogue === 0) await app.advance(61)
    }
    const dialogue = [...Array(4).fill('code_wrong'), 'challenge_closed']
    expect(wrong.slice(0, 10)).toEqual([...dialogue, ...dialogue])
    expect(wrong.at(10)).toBe('factor_backoff')
  })
})

describe('a recovery code', () => {
  const codes = () =>
    inAccount(app.db, app.accountId, (trx) => makeRecoveryCodes(trx, app.accountId, app.ownerId))

  it('lets in once, into the own factors only, and tells the person', async () => {
    const [code = ''] = await codes()
    const { client, challenge } = await begin()
    const answer = await verify(client, challenge.id, {
      recovery_code: ` ${code.toLowerCase().replaceAll('-', ' ')}`,
    })
    expect(answer.body).toMatchObject({
      recovery_codes_left: 9,
      session: { limited: 'recovery', amr: ['pwd', 'recovery'] },
    })
    expect((await client.get('/contacts')).body.code).toBe('session_limited')
    expect((await client.get('/me/factors')).status).toBe(200)
    expect(await outbox(app, login, 'recovery_used')).not.toHaveLength(0)
    const again = await begin()
    expect((await verify(again.client, again.challenge.id, { recovery_code: code })).body.code).toBe(
      'code_wrong',
    )
  })

  it('serves one of twenty parallel dialogues', async () => {
    const [, code = ''] = await codes()
    const { client, challenge } = await begin()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        verify(makeClient(app.app, client.cookie), challenge.id, { recovery_code: code }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  it.each(['', '1-AAAA', 'x-AAAA-AAAA-AAAA-AAAA', '1-UUUU-UUUU-UUUU-UUUU', '1'.repeat(4000)])(
    'is refused as malformed when it is none: %j',
    async (code) => {
      const { client, challenge } = await begin()
      expect((await verify(client, challenge.id, { recovery_code: code })).body.code).toBe('code_malformed')
    },
  )

  it('does not stand in at a step-up', async () => {
    const { client, challenge } = await begin()
    await verify(client, challenge.id, { code: await nextCode() })
    const asked = await client.post('/step-up', { purpose: 'general' })
    expect(asked.body.challenge.alternatives).toEqual([])
    const answer = await client.post(`/step-up/${asked.body.challenge.id}/verify`, {
      recovery_code: '1-AAAA-AAAA-AAAA-AAAA',
    })
    expect(answer.body.errors[0].code).toBe('unknown_field')
  })
})

describe('a trusted browser', () => {
  const setDays = (days: number) =>
    inAccount(app.db, app.accountId, (trx) =>
      trx
        .insertInto('account_security')
        .values({ account_id: app.accountId, trusted_device_days: days })
        .onConflict((conflict) => conflict.column('account_id').doUpdateSet({ trusted_device_days: days }))
        .execute(),
    )
  const trusted = async (): Promise<Client> => {
    const { client, challenge } = await begin()
    const answer = await verify(client, challenge.id, { code: await nextCode(), trust_device: true })
    expect(answer.status).toBe(200)
    return client
  }
  const signIn = (client: Client, headers = {}) => client.post('/sign-in', { login, password }, headers)

  it('is not made where the account does not allow it', async () => {
    await setDays(0)
    expect((await trusted()).cookie).not.toContain('td=')
  })

  it('skips the code for exactly the chosen days, under a new token each time', async () => {
    await setDays(7)
    const client = await trusted()
    const first = client.cookie
    const answer = await signIn(client)
    expect(answer.body.session.amr).toEqual(['pwd', 'trusted_device'])
    expect(client.cookie).not.toBe(first)
    expect((await signIn(makeClient(app.app, first))).body.status).toBe('challenge')
    await app.advance(7 * 86_400 - 120)
    expect((await signIn(client)).body.status).toBe('signed_in')
    await app.advance(240)
    expect((await signIn(client)).body.status).toBe('challenge')
  })

  it('never skips a step-up', async () => {
    const client = await trusted()
    await signIn(client)
    expect((await client.post('/api-keys', { name: 'x', scopes: ['contacts.view'] })).body.code).toBe(
      'step_up_required',
    )
    expect((await client.post('/step-up', { purpose: 'general', password })).body.status).toBe('challenge')
  })

  it('counts in its own browser only', async () => {
    const client = await trusted()
    const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
    expect((await signIn(client, headers)).body.status).toBe('challenge')
  })

  it('ends when the account shortens the days', async () => {
    await setDays(30)
    const client = await trusted()
    await app.advance(2 * 86_400)
    await setDays(1)
    expect((await signIn(client)).body.status).toBe('challenge')
    await setDays(30)
  })

  it('can be taken away, one or all', async () => {
    const client = await trusted()
    const { data } = (await client.get('/me/trusted-devices')).body
    expect(data.length).toBeGreaterThan(0)
    const other = makeClient(app.app)
    await other.post('/sign-in', { login: 'owner@other.test', password })
    expect((await other.del(`/me/trusted-devices/${data[0].id}`)).status).toBe(404)
    expect((await client.del(`/me/trusted-devices/${data[0].id}`)).status).toBe(204)
    expect((await client.del(`/me/trusted-devices/${data[0].id}`)).status).toBe(404)
    expect((await client.del('/me/trusted-devices')).status).toBe(204)
    expect((await signIn(client)).body.status).toBe('challenge')
  })
})

describe('step-up', () => {
  const signedIn = async (): Promise<Client> => {
    const { client, challenge } = await begin()
    await verify(client, challenge.id, { code: await nextCode() })
    return client
  }

  it('asks for the factor, not for the password, and renews the token', async () => {
    const client = await signedIn()
    const asked = await client.post('/step-up', { purpose: 'factors', password })
    expect(asked.body).toMatchObject({
      status: 'challenge',
      challenge: { purpose: 'step_up', method: 'totp' },
    })
    const before = client.cookie
    const fresh = await client.post(`/step-up/${asked.body.challenge.id}/verify`, { code: await nextCode() })
    expect(fresh.body.fresh.factors_until).not.toBeNull()
    expect(client.cookie).not.toBe(before)
    expect((await client.post('/me/factors/recovery-codes')).status).toBe(201)
    await app.advance(5 * 60 + 1)
    expect((await client.post('/me/factors/recovery-codes')).body.purpose).toBe('factors')
  })

  it('answers 403 for a wrong code and cannot be finished by another session', async () => {
    const [one, other] = [await signedIn(), await signedIn()]
    const { id } = (await one.post('/step-up', { purpose: 'general' })).body.challenge
    const wrong = await one.post(`/step-up/${id}/verify`, { code: '000000' })
    expect([wrong.status, wrong.body.code, wrong.body.attempts_left]).toEqual([403, 'code_wrong', 4])
    const stolen = await other.post(`/step-up/${id}/verify`, { code: await nextCode() })
    expect([stolen.status, stolen.body.code]).toEqual([403, 'challenge_closed'])
  })

  it('refuses methods the person does not have', async () => {
    const client = await signedIn()
    for (const method of ['sms', 'email', 'password', 'nonsense']) {
      const answer = await client.post('/step-up', { purpose: 'general', method })
      expect([answer.status, answer.body.code]).toEqual([409, 'method_not_offered'])
    }
  })

  it('ends the session with the tenth wrong answer', async () => {
    const client = await signedIn()
    const answers = []
    for (let dialogue = 0; dialogue < 2; dialogue += 1) {
      const { id } = (await client.post('/step-up', { purpose: 'general' })).body.challenge
      for (let n = 0; n < 5; n += 1)
        answers.push(await client.post(`/step-up/${id}/verify`, { code: '000000' }))
      await app.advance(61)
    }
    expect(answers.at(8)?.status).toBe(403)
    expect([answers.at(9)?.status, answers.at(9)?.body.code]).toEqual([401, 'unauthenticated'])
    expect((await client.get('/session')).status).toBe(401)
  })
})
