import { describe, expect, it } from 'vitest'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'

const app = await startTestApp()
await app.nobody.post('/test/seed', { staff: [{ email: 'second@example.com', password }] })
const reason = 'ticket 4711: numbers look wrong'
const path = `/operator/accounts/${app.accountId}/impersonation`

const staffClient = async (login = 'staff@example.com'): Promise<Client> => {
  const client = makeClient(app.app)
  const signedIn = await client.post('/sign-in', { login, password })
  expect(signedIn.status, signedIn.raw).toBe(200)
  await client.stepUp()
  return client
}
const entered = async (minutes = 10): Promise<Client> => {
  const client = await staffClient()
  const started = await client.post(path, { user_id: app.ownerId, reason, minutes })
  expect(started.status, started.raw).toBe(200)
  return client
}
const actionsOf = (accountId: string) =>
  inAccount(app.db, accountId, async (trx) => {
    const rows = await trx
      .selectFrom('audit_entries')
      .select(['action', 'actor_type', 'actor_id', 'on_behalf_of'])
      .where('account_id', '=', accountId)
      .orderBy('seq')
      .execute()
    return rows
  })

describe('staff in place of a user', () => {
  it('get a session of that account, say so in it, and come back to their own', async () => {
    const client = await staffClient()
    const before = client.cookie
    const started = await client.post(path, { user_id: app.ownerId, reason, minutes: 10 })
    expect(started.body.session).toMatchObject({
      account: { id: app.accountId, kind: 'tenant' },
      user: { id: app.ownerId },
      impersonation: { staff_name: 'Test User', write: false },
    })
    expect(client.cookie).not.toBe(before)
    expect((await makeClient(app.app, before).get('/session')).status).toBe(401)
    expect((await client.get('/account')).body.id).toBe(app.accountId)
    const borrowed = client.cookie
    const back = await client.del('/operator/impersonation')
    expect(back.body.session).toMatchObject({ account: { kind: 'operator' }, impersonation: null })
    expect((await makeClient(app.app, borrowed).get('/session')).status).toBe(401)
    expect((await client.get('/session')).body.account.kind).toBe('operator')
    const again = await client.del('/operator/impersonation')
    expect([again.status, again.body.code]).toEqual([409, 'not_impersonating'])
  })

  it('stand in both logs, with both names', async () => {
    const logs = [await actionsOf(app.accountId), await actionsOf(instanceAccountId)]
    for (const log of logs) {
      const actions = log.map((row) => row.action)
      expect(actions).toEqual(expect.arrayContaining(['impersonation.started', 'impersonation.ended']))
    }
    const started = logs[0]?.find((row) => row.action === 'impersonation.started')
    expect(started).toMatchObject({ actor_type: 'support', on_behalf_of: app.ownerId })
    expect(started?.actor_id).not.toBe(app.ownerId)
  })

  it('only look: every change is refused, whatever it is', async () => {
    const client = await entered()
    const changes = app.app.served.flatMap(({ contract }) =>
      contract && contract.access !== 'public' && contract.method !== 'GET' ? [contract] : [],
    )
    for (const contract of changes) {
      if (contract.path === '/sign-out' || contract.path === '/operator/impersonation') continue
      const answer = await client.send({
        method: contract.method,
        url: `/api/v1${contract.path.replaceAll(/\{\w+\}/g, app.ownerId)}`,
        ...(contract.multipart
          ? { headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--' }
          : {}),
        ...(contract.body && !contract.multipart ? { payload: {} } : {}),
      })
      expect([contract.method, contract.path, answer.status]).toEqual([contract.method, contract.path, 403])
      expect(['read_only', 'permission_denied']).toContain(answer.body.code)
    }
  })

  it.each([
    '/me/sessions',
    '/me/factors',
    '/users',
    '/roles',
    '/security/ip-policy',
    '/security/mfa-policy',
    '/security/operator-access',
    '/api-keys',
    '/audit-log',
    '/approvals',
    '/account/support-grants',
  ])('see nothing of %s', async (page) => {
    const client = await entered()
    const answer = await client.get(page)
    expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied'])
  })

  it('see contacts, messages and files only while a support grant lives, and the first look is recorded', async () => {
    const client = await entered()
    const closed = ['/contacts', '/groups', '/campaigns', '/suppressions', '/imports', '/simulator/messages']
    for (const page of closed) {
      const answer = await client.get(page)
      expect([page, answer.status, answer.body.code]).toEqual([page, 403, 'support_grant_required'])
    }
    await app.owner.stepUp()
    const grant = await app.owner.post('/account/support-grants', { hours: 1 })
    expect(grant.status, grant.raw).toBe(201)
    for (const page of closed) expect((await client.get(page)).status).toBe(200)
    const used = (await actionsOf(app.accountId)).filter((row) => row.action === 'support_access.used')
    expect(used).toHaveLength(1)
    expect((await app.owner.del(`/account/support-grants/${grant.body.id}`)).status).toBe(204)
    expect((await client.get('/contacts')).body.code).toBe('support_grant_required')
    const late = await app.owner.post('/account/support-grants', { hours: 1 })
    expect((await client.get('/contacts')).status).toBe(200)
    await app.advance(3_601)
    const owner = makeClient(app.app)
    await owner.post('/sign-in', { login: 'owner@acme.test', password })
    const listed = await owner.get('/account/support-grants')
    await app.advance(-3_601)
    expect(listed.body.data[0]).toMatchObject({ id: late.body.id, live: false })
    await app.owner.del(`/account/support-grants/${late.body.id}`)
  })

  it('are out when their minutes are over', async () => {
    const client = await entered(1)
    await app.advance(61)
    expect((await client.get('/session')).status).toBe(401)
    await app.advance(-61)
  })

  it('are out when their own session ends or their right is taken', async () => {
    const client = await entered()
    const take = (change: (trx: Parameters<Parameters<typeof inAccount>[2]>[0]) => Promise<unknown>) =>
      inAccount(app.db, instanceAccountId, change)
    await take((trx) =>
      trx
        .updateTable('users')
        .set({ security_epoch: 99 })
        .where('account_id', '=', instanceAccountId)
        .where('login', '=', 'staff@example.com')
        .execute(),
    )
    expect((await client.get('/session')).status).toBe(401)
    const next = await entered()
    const denied = { account_id: instanceAccountId, key: 'operator.support.enter', allow: false }
    const staffId = await take((trx) =>
      trx
        .selectFrom('users')
        .select('id')
        .where('account_id', '=', instanceAccountId)
        .where('login', '=', 'staff@example.com')
        .executeTakeFirstOrThrow(),
    )
    const user_id = (staffId as { id: string }).id
    await take((trx) =>
      trx
        .insertInto('user_permissions')
        .values({ ...denied, user_id })
        .onConflict((c) => c.columns(['account_id', 'user_id', 'key']).doUpdateSet({ allow: false }))
        .execute(),
    )
    expect((await next.get('/session')).status).toBe(401)
    await take((trx) => trx.deleteFrom('user_permissions').where('user_id', '=', user_id).execute())
  })

  it('are shut out by an account that forbids it, at once', async () => {
    const client = await entered()
    await app.owner.stepUp()
    expect((await app.owner.get('/security/operator-access')).body).toEqual({ impersonation: 'allowed' })
    await app.owner.put('/security/operator-access', { impersonation: 'forbidden' })
    expect((await client.get('/session')).status).toBe(401)
    const refused = await (await staffClient()).post(path, { user_id: app.ownerId, reason, minutes: 5 })
    expect([refused.status, refused.body.code]).toEqual([403, 'impersonation_forbidden'])
    await app.owner.put('/security/operator-access', { impersonation: 'allowed' })
  })

  it.each([
    ['too long', { minutes: 31 }],
    ['no time', { minutes: 0 }],
    ['a short reason', { reason: 'because' }],
    ['a wish that is no boolean', { write: 'yes' }],
  ])('give %s and are refused', async (_name, change) => {
    const client = await staffClient()
    const answer = await client.post(path, { user_id: app.ownerId, reason, minutes: 5, ...change })
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
  })

  it('never become staff, nor a user of another account', async () => {
    const client = await staffClient()
    const into = (accountId: string, userId: string) =>
      client.post(`/operator/accounts/${accountId}/impersonation`, { user_id: userId, reason, minutes: 5 })
    expect((await into(instanceAccountId, app.ownerId)).status).toBe(404)
    expect((await into(app.otherAccountId, app.ownerId)).status).toBe(404)
  })
})

describe('writing in place of a user', () => {
  it('waits for a second member of staff and is then used once', async () => {
    const client = await staffClient()
    const wish = { user_id: app.ownerId, reason, minutes: 10, write: true }
    const asked = await client.post(path, wish)
    expect(asked.status, asked.raw).toBe(202)
    expect(asked.body.approval).toMatchObject({ kind: 'impersonation_write', state: 'pending' })
    const approve = `/operator/approvals/${asked.body.approval.id}/approve`
    const own = await client.post(approve)
    expect([own.status, own.body.code]).toEqual([403, 'self_approval'])
    const second = await staffClient('second@example.com')
    expect((await second.post(approve)).status).toBe(200)
    await app.due()
    const started = await client.post(path, wish)
    expect(started.status, started.raw).toBe(200)
    expect(started.body.session.impersonation.write).toBe(true)
    const made = await client.post('/groups', { name: 'By support' })
    expect([made.status, made.body.code]).toEqual([403, 'support_grant_required'])
    await app.owner.stepUp()
    const grant = await app.owner.post('/account/support-grants', {})
    expect((await client.post('/groups', { name: 'By support' })).status).toBe(201)
    await app.owner.del(`/account/support-grants/${grant.body.id}`)
    const locks = await client.put('/security/operator-access', { impersonation: 'forbidden' })
    expect([locks.status, locks.body.code]).toEqual([403, 'permission_denied'])
    const again = await staffClient()
    expect((await again.post(path, wish)).status).toBe(202)
  })
})
