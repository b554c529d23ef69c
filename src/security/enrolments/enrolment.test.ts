import { sql } from 'kysely'
import { beforeEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'
import { appCode, grantMfa, outbox, setSetting } from '../../test/second-factor.ts'

const app = await startTestApp()
const login = 'owner@acme.test'
await grantMfa(app, app.accountId)

const forgetFactors = () =>
  inAccount(app.db, app.accountId, async (trx) => {
    await sql`delete from mfa_factors where account_id = ${app.accountId}`.execute(trx)
    await sql`update users set phone = null, phone_verified_at = null where account_id = ${app.accountId}`.execute(
      trx,
    )
  })

beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
  await forgetFactors()
  await setSetting(app, app.accountId, app.ownerId, 'own_choice')
})

const begin = async (): Promise<{ client: Client; enrolment: any }> => {
  const client = makeClient(app.app)
  const answer = await client.post('/sign-in', { login, password, next: '/groups' })
  if (answer.body.status !== 'enrolment_required') throw new Error(answer.raw)
  return { client, enrolment: answer.body.enrolment }
}
const newestToken = async () => (await outbox(app, login, 'enrolment_link'))[0]?.token ?? ''
const path = (id: string, act: string) => `/sign-in/enrolments/${id}/${act}`

describe('somebody who must have a factor and has none', () => {
  it('is asked for the mailed link and nothing else is open to him', async () => {
    const { client, enrolment } = await begin()
    expect(enrolment).toMatchObject({
      methods: expect.arrayContaining(['totp', 'passkey']),
      proof: { via: 'email_link', destination: 'o***@a***.test', alternatives: [] },
    })
    expect((await client.get('/session')).status).toBe(401)
    const early = await client.post(path(enrolment.id, 'factors'), { method: 'totp' })
    expect([early.status, early.body.code]).toEqual([403, 'proof_required'])
  })

  it('proves himself by the link, binds an app and is signed in with ten recovery codes', async () => {
    const { client, enrolment } = await begin()
    const proof = await client.post(path(enrolment.id, 'proof'), { token: await newestToken() })
    expect(proof.body.status).toBe('open')
    const begun = await client.post(path(enrolment.id, 'factors'), { method: 'totp' })
    expect(begun.body.qr_svg).toContain('<svg')
    const { factor_id, secret } = begun.body
    const wrong = await client.post(path(enrolment.id, 'confirm'), { factor_id, code: '000000' })
    expect([wrong.status, wrong.body.code]).toEqual([401, 'code_wrong'])
    const done = await client.post(path(enrolment.id, 'confirm'), { factor_id, code: appCode(app, secret) })
    expect(done.body).toMatchObject({
      status: 'signed_in',
      next: '/groups',
      session: { amr: ['pwd', 'totp'] },
    })
    expect(done.body.recovery_codes).toHaveLength(10)
    expect((await client.get('/session')).status).toBe(200)
    const again = await client.post(path(enrolment.id, 'confirm'), { factor_id, code: appCode(app, secret) })
    expect(again.body.code).toBe('challenge_closed')
  })

  it('finds the link dead after its use, and a link of nobody refused', async () => {
    const { client, enrolment } = await begin()
    const token = await newestToken()
    await client.post(path(enrolment.id, 'proof'), { token })
    const second = await begin()
    for (const wrong of [token, 'nonsense', 'A'.repeat(43)]) {
      const answer = await second.client.post(path(second.enrolment.id, 'proof'), { token: wrong })
      expect([answer.status, answer.body.code]).toEqual([400, 'link_refused'])
    }
  })

  it('may use the link in another browser after login and password there', async () => {
    await begin()
    const token = await newestToken()
    const { client, enrolment } = await begin()
    expect((await client.post(path(enrolment.id, 'proof'), { token })).status).toBe(200)
  })

  it('cannot go on in a browser that did not begin', async () => {
    const { enrolment } = await begin()
    const stranger = await begin()
    const answer = await stranger.client.post(path(enrolment.id, 'proof'), { token: await newestToken() })
    expect([answer.status, answer.body.code]).toEqual([401, 'challenge_closed'])
  })

  it('gets another link after half a minute, three in all', async () => {
    const { client, enrolment } = await begin()
    const resend = () => client.post(path(enrolment.id, 'proof/resend'))
    expect((await resend()).body.code).toBe('resend_wait')
    await app.advance(31)
    expect((await resend()).status).toBe(200)
    await app.advance(61)
    expect((await resend()).body.resend_after).toBeNull()
    await app.advance(121)
    expect((await resend()).body.code).toBe('resend_wait')
    const sms = await client.post(path(enrolment.id, 'proof/resend'), { via: 'sms_code' })
    expect([sms.status, sms.body.code]).toEqual([409, 'method_not_offered'])
  })

  it('may prove a number that an administrator entered', async () => {
    await inAccount(app.db, app.accountId, (trx) =>
      sql`update users set phone = '+48600700800' where account_id = ${app.accountId}`.execute(trx),
    )
    const { client, enrolment } = await begin()
    expect(enrolment.proof.alternatives).toEqual(['sms_code'])
    const sent = await client.post(path(enrolment.id, 'proof/resend'), { via: 'sms_code' })
    expect(sent.status).toBe(200)
    const [text] = await outbox(app, '+48600700800', 'enrolment_code')
    expect((await client.post(path(enrolment.id, 'proof'), { code: '12 34' })).body.code).toBe(
      'code_malformed',
    )
    const proof = await client.post(path(enrolment.id, 'proof'), { code: text?.code })
    expect(proof.body.status).toBe('open')
  })

  it('binds only what is offered', async () => {
    await setSetting(app, app.accountId, app.ownerId, 'totp')
    const { client, enrolment } = await begin()
    await client.post(path(enrolment.id, 'proof'), { token: await newestToken() })
    const answer = await client.post(path(enrolment.id, 'factors'), { method: 'email' })
    expect([answer.status, answer.body.code]).toEqual([409, 'method_not_offered'])
  })

  it('signs in once of ten parallel confirmations', async () => {
    const { client, enrolment } = await begin()
    await client.post(path(enrolment.id, 'proof'), { token: await newestToken() })
    const { factor_id, secret } = (await client.post(path(enrolment.id, 'factors'), { method: 'totp' })).body
    const code = appCode(app, secret)
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        makeClient(app.app, client.cookie).post(path(enrolment.id, 'confirm'), { factor_id, code }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.every(({ status }) => status < 500)).toBe(true)
  })

  it.each(['nonsense', '', '0190a000-0000-7000-8000-0000000000aa'])('has no factor %j', async (factor_id) => {
    const { client, enrolment } = await begin()
    await client.post(path(enrolment.id, 'proof'), { token: await newestToken() })
    const answer = await client.post(path(enrolment.id, 'confirm'), { factor_id, code: '123456' })
    expect([401, 422]).toContain(answer.status)
  })

  it('starts over when the quarter of an hour is gone', async () => {
    const { client, enrolment } = await begin()
    const token = await newestToken()
    await app.advance(901)
    expect((await client.post(path(enrolment.id, 'proof'), { token })).body.code).toBe('challenge_closed')
  })
})
