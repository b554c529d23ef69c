import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { appCode, bindApp, grantMfa } from '../../test/second-factor.ts'

const app = await startTestApp()
const login = 'owner@acme.test'

const signIn = async (who: string) => {
  const client = makeClient(app.app)
  return { client, answer: await client.post('/sign-in', { login: who, password }) }
}
const setUser = (accountId: string, change: ReturnType<typeof sql>) =>
  inAccount(app.db, accountId, (trx) =>
    sql`update users set ${change} where account_id = ${accountId}`.execute(trx),
  )

describe('a session that is limited', () => {
  it('to the own password lets everything else wait', async () => {
    await setUser(app.accountId, sql`password_change_required = true`)
    const { client, answer } = await signIn(login)
    expect(answer.body.session.limited).toBe('password_change')
    expect((await client.get('/contacts')).body.code).toBe('session_limited')
    await client.post('/step-up', { purpose: 'general', password })
    const next = 'another long enough pass phrase'
    const changed = await client.post('/me/password', { current_password: password, new_password: next })
    expect(changed.status).toBe(204)
    const again = makeClient(app.app)
    expect((await again.post('/sign-in', { login, password: next })).body.session.limited).toBeNull()
  })

  it('after a reset by mail neither exports nor sends nor changes locks', async () => {
    await grantMfa(app, app.otherAccountId)
    const id = (await app.other.get('/session')).body.user.id
    await app.other.stepUp()
    await app.other.put(`/users/${id}/mfa`, { setting: 'email' })
    await setUser(app.otherAccountId, sql`email_code_barred_until = app_now() + interval '1 hour'`)
    const { client, answer } = await signIn('owner@other.test')
    expect(answer.body.session).toMatchObject({ limited: 'after_reset', amr: ['pwd'] })
    expect((await client.get('/contacts')).status).toBe(200)
    expect((await client.post('/api-keys', { name: 'x', scopes: ['contacts.view'] })).body.code).toBe(
      'session_limited',
    )
    await app.advance(3_601)
    expect((await signIn('owner@other.test')).answer.body.challenge.method).toBe('email')
  })
})

describe('staff of the operator', () => {
  it('are asked for their app and never trusted by browser', async () => {
    expect((await signIn('staff@example.com')).answer.body.status).toBe('signed_in')
    const { secret } = await bindApp(app, 'staff@example.com')
    await app.advance(30)
    const { client, answer } = await signIn('staff@example.com')
    expect(answer.body).toMatchObject({ status: 'challenge', challenge: { method: 'totp' } })
    expect(answer.body.trusted_device_days).toBeUndefined()
    const proof = { code: appCode(app, secret), trust_device: true }
    const done = await client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, proof)
    expect(done.body.session.account.kind).toBe('operator')
    expect(client.cookie).not.toContain('td=')
  })
})
