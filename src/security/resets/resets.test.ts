import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague, type Colleague } from '../../test/people.ts'
import { bindApp, outbox } from '../../test/second-factor.ts'

const app = await startTestApp()
const day = 86_400
const ownerLogin = 'owner@acme.test'
/** Sessions of administrators end after half an hour: whoever acts after a day signs in anew. */
const fresh = async (login: string) => {
  const client = makeClient(app.app)
  const answer = await client.post('/sign-in', { login, password })
  if (answer.body.status !== 'signed_in') throw new Error(answer.raw)
  await client.stepUp()
  return client
}
beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
})

const factorsOf = async (userId: string) => {
  const { rows } = await inAccount(app.db, app.accountId, (trx) =>
    sql<{
      type: string
    }>`select type from mfa_factors where account_id = ${app.accountId} and user_id = ${userId}
      and state = 'active'`.execute(trx),
  )
  return rows.map(({ type }) => type)
}
const administrator = async (): Promise<Colleague> =>
  aColleague(app, await fresh(ownerLogin), { roles: ['administrator'] })
/** An owner asks to reset an administrator who has an app. */
const asked = async () => {
  const target = await administrator()
  await bindApp(app, target.email)
  const owner = await fresh(ownerLogin)
  const answer = await owner.post(`/users/${target.id}/mfa/reset`, { reason: 'Lost the phone' })
  expect(answer.status).toBe(202)
  return { target, owner, approval: answer.body.approval as { id: string; state: string } }
}

describe('a reset of an ordinary user', () => {
  test('acts at once: factors, sessions and trusted browsers are gone, a link goes to him alone', async () => {
    const owner = await fresh(ownerLogin)
    const { id, email } = await aColleague(app, owner)
    const { client } = await bindApp(app, email)
    await owner.stepUp()
    const answer = await owner.post(`/users/${id}/mfa/reset`, { reason: 'Lost the phone' })
    expect([answer.status, answer.body]).toEqual([200, { status: 'done' }])
    expect(await factorsOf(id)).toEqual([])
    expect((await client.get('/session')).status).toBe(401)
    const [link] = await outbox(app, email, 'mfa_reset_link')
    expect(link?.token).toMatch(/^[\w-]{43}$/)
    expect(await outbox(app, ownerLogin, 'mfa_reset_link')).toEqual([])
  })

  test('is not for oneself, nor for people of another account', async () => {
    const owner = await fresh(ownerLogin)
    const self = await owner.post(`/users/${app.ownerId}/mfa/reset`, { reason: 'Me' })
    expect([self.status, self.body.code]).toEqual([403, 'self_forbidden'])
    await app.other.stepUp()
    expect((await app.other.post(`/users/${app.ownerId}/mfa/reset`, { reason: 'You' })).status).toBe(404)
  })
})

describe('a reset of an administrator', () => {
  test('waits for a second person and a day, and tells the target and the others how to stop it', async () => {
    const { target, owner, approval } = await asked()
    expect((await owner.post(`/users/${target.id}/mfa/reset`, { reason: 'x' })).body.code).toBe(
      'already_pending',
    )
    const self = await owner.post(`/approvals/${approval.id}/approve`)
    expect([self.status, self.body.code]).toEqual([403, 'self_approval'])
    const second = await administrator()
    await second.client.stepUp()
    const seen = await second.client.get('/approvals?state=pending')
    expect(seen.body.data).toContainEqual(expect.objectContaining({ id: approval.id, may_decide: true }))
    const approved = await second.client.post(`/approvals/${approval.id}/approve`, { comment: 'Known to me' })
    expect(approved.body).toMatchObject({ state: 'approved', comment: 'Known to me' })
    expect(approved.body.executes_at).not.toBe(null)
    expect(await factorsOf(target.id)).toEqual(['totp'])
    for (const to of [target.email, second.email, ownerLogin]) {
      expect((await outbox(app, to, 'mfa_reset_requested'))[0]?.token).toMatch(/^[\w-]{43}$/)
    }
    await app.advance(day - 60)
    expect(await factorsOf(target.id)).toEqual(['totp'])
    await app.advance(120)
    expect(await factorsOf(target.id)).toEqual([])
    const later = await fresh(ownerLogin)
    expect((await later.get(`/approvals/${approval.id}`)).body.state).toBe('executed')
    expect((await outbox(app, target.email, 'mfa_reset_link'))[0]).toBeDefined()
  })

  test('the target does not decide about himself', async () => {
    const { target, approval } = await asked()
    const client = makeClient(app.app)
    await inAccount(app.db, app.accountId, (trx) =>
      sql`delete from mfa_factors where account_id = ${app.accountId} and user_id = ${target.id}`.execute(
        trx,
      ),
    )
    await client.post('/sign-in', { login: target.email, password })
    await client.stepUp()
    for (const verdict of ['approve', 'reject']) {
      expect((await client.post(`/approvals/${approval.id}/${verdict}`)).body.code).toBe('self_approval')
    }
  })

  test('is stopped by the link of the mail, once', async () => {
    const { target, approval } = await asked()
    const second = await administrator()
    await second.client.stepUp()
    await second.client.post(`/approvals/${approval.id}/approve`)
    const token = (await outbox(app, target.email, 'mfa_reset_requested'))[0]?.token
    expect((await app.nobody.post('/approvals/cancel', { token })).status).toBe(204)
    for (const given of [token, 'unknown', 'ą', `${token}x`]) {
      const answer = await app.nobody.post('/approvals/cancel', { token: given })
      expect([answer.status, answer.body.code]).toEqual([400, 'link_refused'])
    }
    await app.advance(day + 60)
    expect(await factorsOf(target.id)).toEqual(['totp'])
  })

  test('dies with the right of who asked, and with the address its link would go to', async () => {
    const helper = await administrator()
    const target = await administrator()
    await bindApp(app, target.email)
    await helper.client.stepUp()
    const first = await helper.client.post(`/users/${target.id}/mfa/reset`, { reason: 'Lost' })
    await inAccount(app.db, app.accountId, (trx) =>
      sql`delete from user_roles where account_id = ${app.accountId} and user_id = ${helper.id}`.execute(trx),
    )
    const owner = await fresh(ownerLogin)
    expect((await owner.post(`/approvals/${first.body.approval.id}/approve`)).body.code).toBe('not_pending')
    expect((await owner.get(`/approvals/${first.body.approval.id}`)).body).toMatchObject({
      state: 'voided',
      void_reason: 'right_lost',
    })
    const second = await owner.post(`/users/${target.id}/mfa/reset`, { reason: 'Lost' })
    await inAccount(app.db, app.accountId, (trx) =>
      sql`update users set email = 'elsewhere@acme.test' where account_id = ${app.accountId} and id = ${target.id}`.execute(
        trx,
      ),
    )
    const decider = await administrator()
    await decider.client.stepUp()
    const answer = await decider.client.post(`/approvals/${second.body.approval.id}/approve`)
    expect([answer.status, answer.body.code]).toEqual([409, 'revision_changed'])
    expect((await owner.get(`/approvals/${second.body.approval.id}`)).body.state).toBe('voided')
  })

  test('expires after three days, can be withdrawn and rejected', async () => {
    const one = await asked()
    await app.advance(3 * day + 60)
    const owner = await fresh(ownerLogin)
    expect((await owner.get(`/approvals/${one.approval.id}`)).body.state).toBe('expired')
    const two = await asked()
    const second = await administrator()
    await second.client.stepUp()
    expect((await second.client.post(`/approvals/${one.approval.id}/approve`)).body.code).toBe(
      'approval_expired',
    )
    expect((await second.client.post(`/approvals/${two.approval.id}/withdraw`)).status).toBe(404)
    expect((await two.owner.post(`/approvals/${two.approval.id}/withdraw`)).body.state).toBe('withdrawn')
    const three = await asked()
    expect((await second.client.post(`/approvals/${three.approval.id}/reject`)).body.state).toBe('rejected')
    expect((await second.client.post(`/approvals/${three.approval.id}/approve`)).body.code).toBe(
      'not_pending',
    )
  })

  test('two who approve and one who withdraws at once come to one end', async () => {
    const { owner, approval } = await asked()
    const [one, two] = [await administrator(), await administrator()]
    await one.client.stepUp()
    await two.client.stepUp()
    const answers = await Promise.all([
      one.client.post(`/approvals/${approval.id}/approve`),
      two.client.post(`/approvals/${approval.id}/reject`),
      one.client.post(`/approvals/${approval.id}/approve`),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ body }) => body.code === 'not_pending')).toHaveLength(2)
    expect((await owner.get(`/approvals/${approval.id}`)).status).toBe(200)
  })
})
