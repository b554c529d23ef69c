import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague } from '../../test/people.ts'
import { bindApp, grantMfa, outbox } from '../../test/second-factor.ts'

const app = await startTestApp()
await app.nobody.post('/test/seed', { staff: [{ email: 'second@example.com', password }] })
beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})
const staff = async (login: string) => {
  const client = makeClient(app.app)
  await client.post('/sign-in', { login, password })
  await client.stepUp()
  return client
}
const path = (userId: string, accountId = app.accountId) =>
  `/operator/accounts/${accountId}/users/${userId}/mfa-reset`
const evidence = { ticket: 'T-1', evidence: 'Called back at the number of the contract' }

describe('a reset that staff ask for', () => {
  test('needs a second member of staff and a day, whoever it is about', async () => {
    const { id, email } = await aColleague(app, app.owner)
    await bindApp(app, email)
    const one = await staff('staff@example.com')
    const asked = await one.post(path(id), evidence)
    expect([asked.status, asked.body.approval.kind]).toEqual([202, 'operator_mfa_reset'])
    expect(asked.body.approval.summary).toEqual(evidence)
    expect((await one.post(path(id), evidence)).body.code).toBe('already_pending')
    const at = `/operator/approvals/${asked.body.approval.id}/approve`
    expect((await one.post(at)).body.code).toBe('self_approval')
    await app.owner.stepUp()
    const byOwner = await app.owner.post(`/approvals/${asked.body.approval.id}/approve`)
    expect([byOwner.status, byOwner.body.code]).toEqual([403, 'permission_denied'])
    const two = await staff('second@example.com')
    const listed = await two.get('/operator/approvals?state=pending')
    expect(listed.body.data).toContainEqual(
      expect.objectContaining({ id: asked.body.approval.id, may_decide: true }),
    )
    expect((await two.post(at)).body.state).toBe('approved')
    expect((await outbox(app, email, 'mfa_reset_requested'))[0]?.token).toBeTruthy()
    expect(await outbox(app, email, 'mfa_reset_link')).toEqual([])
    await app.advance(86_460)
    expect((await outbox(app, email, 'mfa_reset_link'))[0]?.token).toBeTruthy()
  })

  test('is not decided by the person it is about, who is a member of staff under another login', async () => {
    await inAccount(app.db, app.accountId, (trx) =>
      sql`update users set email = 'second@example.com' where account_id = ${app.accountId}
        and id = ${app.ownerId}`.execute(trx),
    )
    const one = await staff('staff@example.com')
    const asked = await one.post(path(app.ownerId), evidence)
    const two = await staff('second@example.com')
    const answer = await two.post(`/operator/approvals/${asked.body.approval.id}/approve`)
    expect([answer.status, answer.body.code]).toEqual([403, 'self_approval'])
  })

  test('finds nobody where nobody is, and not oneself', async () => {
    const one = await staff('staff@example.com')
    const nobody = '0190a000-0000-7000-8000-0000000000aa'
    expect((await one.post(path(nobody), evidence)).status).toBe(404)
    expect((await one.post(path(app.ownerId, nobody), evidence)).status).toBe(404)
    const instance = '00000000-0000-7000-8000-000000000000'
    const { body } = await one.get('/me')
    expect((await one.post(path(body.id, instance), evidence)).body.code).toBe('self_forbidden')
  })
})

describe('vouching', () => {
  const owner = async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@acme.test', password })
    await client.stepUp()
    return client
  }
  test('lifts what a reset by mail left limited, for others only', async () => {
    const guard = await owner()
    await grantMfa(app, app.accountId)
    const { id, email } = await aColleague(app, guard)
    await guard.stepUp()
    expect((await guard.post(`/users/${id}/vouch`, { reason: 'Known' })).body.code).toBe('not_limited')
    await guard.put(`/users/${id}/mfa`, { setting: 'email' })
    await inAccount(app.db, app.accountId, (trx) =>
      sql`update users set email_code_barred_until = app_now() + interval '1 day'
        where account_id = ${app.accountId} and id = ${id}`.execute(trx),
    )
    const client = makeClient(app.app)
    const back = await client.post('/sign-in', { login: email, password })
    expect(back.body).toMatchObject({ status: 'signed_in', session: { limited: 'after_reset' } })
    expect((await client.post('/me/factors/totp')).body.code).toBe('session_limited')
    expect((await guard.post(`/users/${app.ownerId}/vouch`, { reason: 'Me' })).body.code).toBe(
      'self_forbidden',
    )
    expect((await guard.post(`/users/${id}/vouch`, { reason: 'Known to me' })).status).toBe(204)
    expect((await client.get('/session')).body.limited).toBe(null)
    const anew = await makeClient(app.app).post('/sign-in', { login: email, password })
    expect(anew.body).toMatchObject({ status: 'challenge', challenge: { method: 'email' } })
  })
})
