import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'
import { aColleague } from '../../test/people.ts'
import { appCode, bindApp, grantMfa, lastCode, outbox } from '../../test/second-factor.ts'

const app = await startTestApp()
beforeEach(async () => {
  await app.nobody.post('/test/reset-limits')
  await app.owner.stepUp()
})

const setNumber = (userId: string, phone: string | null, proven = true) =>
  inAccount(app.db, app.accountId, (trx) =>
    sql`update users set phone = ${phone}, phone_verified_at = ${proven && phone ? new Date(0) : null}
      where account_id = ${app.accountId} and id = ${userId}`.execute(trx),
  )
const withhold = () =>
  inAccount(app.db, app.accountId, (trx) =>
    sql`delete from entitlement_overrides where account_id = ${app.accountId} and key like 'mfa%'`.execute(
      trx,
    ),
  )
const say = (key: string, value: unknown) =>
  inAccount(app.db, app.accountId, (trx) =>
    sql`insert into entitlement_overrides (account_id, key, value)
      values (${app.accountId}, ${key}, ${JSON.stringify(value)}::jsonb)
      on conflict (account_id, key) do update set value = excluded.value`.execute(trx),
  )
const set = (id: string, setting: string) => app.owner.put(`/users/${id}/mfa`, { setting })
const signIn = async (login: string) => {
  const client = makeClient(app.app)
  const answer = await client.post('/sign-in', { login, password })
  const verify = (code: string) =>
    client.post(`/sign-in/challenges/${answer.body.challenge.id}/verify`, { code })
  return { client, body: answer.body, verify }
}
const putPolicy = async (change: object, client: Client = app.owner) => {
  const now = await app.owner.get('/security/mfa-policy')
  const { require, methods, trusted_device_days } = now.body
  return client.put(
    '/security/mfa-policy',
    { require, methods, trusted_device_days, ...change },
    { 'if-match': now.headers['etag'] ?? '' },
  )
}

describe('an account whose operator has not granted it', () => {
  test('is refused the drop-down, the bulk switch and the policy, and told what it lacks', async () => {
    expect((await app.owner.get('/security/mfa-policy')).body).toMatchObject({ entitled: false, version: 0 })
    const answers = [
      await app.owner.get(`/users/${app.ownerId}/mfa`),
      await set(app.ownerId, 'email'),
      await app.owner.post('/users/mfa-bulk', { setting: 'email', user_ids: 'all' }),
      await putPolicy({ require: 'all' }),
    ]
    for (const { status, body } of answers) expect([status, body.code]).toEqual([403, 'mfa_not_entitled'])
  })
})

describe('multi-factor authentication upon login of a user', () => {
  test('by e-mail: the code goes to the stored address, at every sign-in', async () => {
    await grantMfa(app, app.accountId)
    const { id, email, client } = await aColleague(app, app.owner)
    const answer = await set(id, 'email')
    expect(answer.body).toMatchObject({
      setting: 'email',
      status: 'active',
      effective: { required: true, by: 'user', methods: ['email', 'sms', 'totp', 'passkey'] },
      factors: [{ type: 'email' }],
    })
    expect(answer.body.destination).not.toBe(email)
    expect((await client.get('/session')).status).toBe(401)
    const begun = await signIn(email)
    expect(begun.body.challenge).toMatchObject({ method: 'email', sent: true })
    expect((await begun.verify(await lastCode(app, email, 'sign_in_code'))).body.status).toBe('signed_in')
    expect((await outbox(app, email, 'mfa_changed')).length).toBeGreaterThan(0)
  })

  test('by SMS: asks for a number; one that is unproven is proven by the first right code', async () => {
    const { id, email } = await aColleague(app, app.owner)
    expect((await set(id, 'sms')).body.code).toBe('phone_required')
    await setNumber(id, '+48601234567', false)
    expect((await set(id, 'sms')).body).toMatchObject({ status: 'pending_verification', setting: 'sms' })
    const begun = await signIn(email)
    expect(begun.body.challenge).toMatchObject({ method: 'sms', sent: true })
    const code = await lastCode(app, '+48601234567', 'sign_in_code')
    expect((await begun.verify(code)).body.status).toBe('signed_in')
    expect((await app.owner.get(`/users/${id}/mfa`)).body.status).toBe('active')
  })

  test.each(['totp', 'passkey', 'own_choice'])('%s leads through proof and binding', async (setting) => {
    const { id, email } = await aColleague(app, app.owner)
    expect((await set(id, setting)).body.status).toBe('enrolment_pending')
    // What was proven at the invitation is over by then.
    await app.advance(901)
    await app.owner.stepUp()
    const { body } = await signIn(email)
    expect(body).toMatchObject({ status: 'enrolment_required', enrolment: { proof: { via: 'email_link' } } })
  })

  test('an app meets what asks for less, and is asked even when the setting is off', async () => {
    const { id, email } = await aColleague(app, app.owner)
    const { secret } = await bindApp(app, email)
    expect((await set(id, 'email')).body.status).toBe('active')
    await set(id, 'off')
    expect((await app.owner.get(`/users/${id}/mfa`)).body).toMatchObject({
      setting: 'off',
      status: 'active',
      effective: { required: true, by: 'own_factor', methods: ['totp', 'passkey'] },
    })
    const begun = await signIn(email)
    expect(begun.body.challenge.method).toBe('totp')
    expect((await begun.verify(appCode(app, secret, 1))).body.status).toBe('signed_in')
  })

  test('of an administrator needs the right to guard the account as well', async () => {
    const made = await app.owner.post('/roles', {
      name: 'User keeper',
      permissions: ['account.users.view', 'account.users.manage'],
    })
    expect(made.status).toBe(201)
    const keeper = await aColleague(app, app.owner, { roles: ['User keeper'] })
    const plain = await aColleague(app, app.owner)
    await keeper.client.stepUp()
    const refused = await keeper.client.put(`/users/${app.ownerId}/mfa`, { setting: 'off' })
    expect([refused.status, refused.body.permission]).toEqual([403, 'account.security.manage'])
    expect((await keeper.client.put(`/users/${plain.id}/mfa`, { setting: 'email' })).status).toBe(200)
    const bulk = await keeper.client.post('/users/mfa-bulk', { setting: 'email', user_ids: [plain.id] })
    expect([bulk.status, bulk.body.permission]).toEqual([403, 'account.security.manage'])
  })

  test('tells for each choice whether it can be had, with the reason', async () => {
    const { id } = await aColleague(app, app.owner)
    await say('mfa_methods', ['email', 'sms', 'totp'])
    await say('mfa_floor', 'all')
    const { body } = await app.owner.get(`/users/${id}/mfa`)
    expect(body.options).toEqual([
      { value: 'off', available: false, reason: 'below_floor' },
      { value: 'email', available: true },
      { value: 'sms', available: false, reason: 'phone_required' },
      { value: 'totp', available: true },
      { value: 'passkey', available: false, reason: 'methods_empty' },
      { value: 'own_choice', available: true },
    ])
    for (const [setting, code] of [
      ['off', 'below_floor'],
      ['passkey', 'methods_empty'],
      ['sms', 'phone_required'],
    ] as const) {
      const answer = await set(id, setting)
      expect([answer.status, answer.body.code]).toEqual([422, code])
    }
    await withhold()
    await grantMfa(app, app.accountId)
  })

  test('of nobody here is 404, of another account the same', async () => {
    for (const id of ['0190a000-0000-7000-8000-0000000000aa', app.otherAccountId]) {
      expect((await set(id, 'email')).status).toBe(404)
    }
  })
})

describe('the bulk switch', () => {
  test('names those without number, changes nobody, and leaves them out when told', async () => {
    const reachable = await aColleague(app, app.owner)
    const silent = await aColleague(app, app.owner)
    await setNumber(reachable.id, '+48601234568')
    const user_ids = [reachable.id, silent.id]
    const refused = await app.owner.post('/users/mfa-bulk', { setting: 'sms', user_ids })
    expect([refused.status, refused.body.code]).toEqual([422, 'phone_required'])
    expect(refused.body.users).toEqual([{ id: silent.id, name: 'Anna Kowalska' }])
    expect((await app.owner.get(`/users/${reachable.id}/mfa`)).body.setting).toBe('off')
    const done = await app.owner.post('/users/mfa-bulk', {
      setting: 'sms',
      user_ids,
      skip_without_phone: true,
    })
    expect(done.body).toEqual({
      changed: 1,
      skipped: [{ id: silent.id, name: 'Anna Kowalska', reason: 'phone_required' }],
    })
    const again = await app.owner.post('/users/mfa-bulk', { setting: 'sms', user_ids: [reachable.id] })
    expect(again.body).toEqual({ changed: 0, skipped: [] })
    const strange = await app.owner.post('/users/mfa-bulk', {
      setting: 'email',
      user_ids: [app.otherAccountId],
    })
    expect(strange.status).toBe(404)
  })
})

describe('the policy of the account', () => {
  test('is changed only with the version last seen', async () => {
    const body = { require: 'optional', methods: ['email'], trusted_device_days: 0 }
    expect((await app.owner.put('/security/mfa-policy', body)).body.code).toBe('version_required')
    expect((await app.owner.put('/security/mfa-policy', body, { 'if-match': '"99"' })).body.code).toBe(
      'version_conflict',
    )
  })

  test('refuses what would leave somebody with no method, naming him', async () => {
    const { id } = await aColleague(app, app.owner)
    await set(id, 'email')
    const answer = await putPolicy({ methods: ['totp', 'passkey'] })
    expect([answer.status, answer.body.code]).toEqual([422, 'methods_empty'])
    expect(answer.body.users.map((user: { id: string }) => user.id)).toContain(id)
    expect((await putPolicy({ methods: [] })).body.code).toBe('methods_empty')
  })

  test('cannot ask less than the operator', async () => {
    await say('mfa_floor', 'admins')
    expect((await putPolicy({ require: 'optional' })).body.code).toBe('below_floor')
    await say('mfa_floor', 'none')
  })

  test('asks of its author first, ends the sessions that do not meet it, and outlives the grant', async () => {
    const plain = await aColleague(app, app.owner)
    expect((await putPolicy({ require: 'all' })).body.code).toBe('enrol_yourself_first')
    const { client: bound, secret } = await bindApp(app, 'owner@acme.test')
    const fresh = await bound.post('/step-up', { purpose: 'general' })
    const verified = await bound.post(`/step-up/${fresh.body.challenge.id}/verify`, {
      code: appCode(app, secret, 1),
    })
    expect(verified.status).toBe(200)
    const raised = await putPolicy({ require: 'all' }, bound)
    expect(raised.body).toMatchObject({ require: 'all' })
    expect(raised.body.sessions_ended).toBeGreaterThan(0)
    expect((await plain.client.get('/session')).status).toBe(401)
    expect((await bound.get('/session')).status).toBe(200)
    expect((await signIn(plain.email)).body.status).toBe('enrolment_required')
    expect((await outbox(app, 'owner@acme.test', 'mfa_changed')).length).toBeGreaterThan(0)

    // The operator takes the grant back: every sign-in stays as strong as before.
    await withhold()
    const { client, verify, body } = await signIn('owner@acme.test')
    expect(body.challenge.method).toBe('totp')
    expect((await client.get('/session')).status).toBe(401)
    expect((await verify('000000')).body.code).toBe('code_wrong')
    const { rows } = await inAccount(app.db, app.accountId, (trx) =>
      sql<{
        login: string
      }>`select login from users where account_id = ${app.accountId} and mfa_setting = 'email'
        and deleted_at is null limit 1`.execute(trx),
    )
    const mailed = await signIn(rows[0]?.login ?? '')
    expect(mailed.body).toMatchObject({ status: 'challenge', challenge: { method: 'email' } })
  })
})
