import { describe, expect, it } from 'vitest'
import { inAccount, instanceAccountId } from '../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../test/app.ts'

const app = await startTestApp()
const missing = '0190a000-0000-7000-8000-0000000000aa'

const staff = async (): Promise<Client> => {
  await app.staff.stepUp()
  return app.staff
}
const account = { owner: { email: 'olga@fresh.test', first_name: 'Olga', last_name: 'Nowak' } }
const actionsOf = (accountId: string) =>
  inAccount(app.db, accountId, async (trx) => {
    const rows = await trx
      .selectFrom('audit_entries')
      .select('action')
      .where('account_id', '=', accountId)
      .orderBy('seq')
      .execute()
    return rows.map((row) => row.action)
  })

describe('accounts of the operator', () => {
  it('are opened with an invitation to their owner, who chooses the password himself', async () => {
    await app.nobody.del('/test/outbox')
    const client = await staff()
    const made = await client.post('/accounts', { name: 'Fresh Company', ...account, country: 'DE' })
    expect(made.status, made.raw).toBe(201)
    expect(made.body).toMatchObject({ status: 'test', slug: 'fresh-company', country: 'DE', users: 1 })
    const outbox = await app.nobody.get('/test/outbox?kind=invitation')
    const { token, to } = outbox.body.data[0]
    expect(to).toBe('olga@fresh.test')
    const accepted = await app.nobody.post('/invitations/accept', { token, password })
    expect(accepted.status, accepted.raw).toBe(200)
    const owner = makeClient(app.app)
    const signedIn = await owner.post('/sign-in', { login: 'olga@fresh.test', password })
    expect(signedIn.body.session.account).toMatchObject({ id: made.body.id, name: 'Fresh Company' })
    expect(await actionsOf(made.body.id)).toContain('account.created')
    expect(await actionsOf(instanceAccountId)).toContain('account.created')
  })

  it('have names of their own, whatever the case, for two members of staff at once too', async () => {
    const client = await staff()
    const bodies = ['Twin Ltd', 'TWIN LTD'].map((name, n) => ({
      name,
      owner: { ...account.owner, email: `twin${n}@fresh.test` },
    }))
    const answers = await Promise.all(bodies.map((body) => client.post('/accounts', body)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 409])
    expect(answers.find((answer) => answer.status === 409)?.body.code).toBe('name_taken')
  })

  it('are listed, searched and paged without anything of their content', async () => {
    const client = await staff()
    const all = await client.get('/accounts?limit=2')
    expect(all.body.data).toHaveLength(2)
    expect(all.body.has_more).toBe(true)
    const rest = await client.get(`/accounts?limit=2&cursor=${all.body.next_cursor}`)
    const seen = [...all.body.data, ...rest.body.data].map((one: { id: string }) => one.id)
    expect(new Set(seen).size).toBe(seen.length)
    expect((await client.get('/accounts?q=ACM')).body.data.map((one: { name: string }) => one.name)).toEqual([
      'Acme',
    ])
    expect((await client.get('/accounts?status=closed')).body.data).toEqual([])
    expect(seen).not.toContain(instanceAccountId)
  })

  it.each([missing, instanceAccountId])('answer 404 to %s', async (id) => {
    const client = await staff()
    const calls = [
      client.get(`/accounts/${id}`),
      client.patch(`/accounts/${id}`, { name: 'Other name' }),
      client.post(`/accounts/${id}/suspend`, { reason: 'because' }),
      client.get(`/accounts/${id}/entitlements`),
      client.get(`/operator/accounts/${id}/entitlements`),
      client.get(`/operator/accounts/${id}/users`),
      client.post(`/operator/accounts/${id}/impersonation`, {
        user_id: missing,
        reason: 'looking into a ticket',
        minutes: 5,
      }),
    ]
    for (const call of calls) expect((await call).status).toBe(404)
  })

  it('are suspended for writing, resumed to what they were, closed and reopened', async () => {
    const client = await staff()
    const act = (name: string) =>
      client.post(`/accounts/${app.otherAccountId}/${name}`, { reason: 'unpaid bills' })
    expect((await act('suspend')).body).toMatchObject({ status: 'suspended', status_reason: 'unpaid bills' })
    expect((await app.other.get('/account')).status).toBe(200)
    expect((await app.other.post('/groups', { name: 'G' })).body.code).toBe('account_suspended')
    expect((await act('close')).body).toMatchObject({ status: 'closed' })
    expect((await act('suspend')).body.code).toBe('not_active')
    expect((await act('reopen')).body).toMatchObject({ status: 'active', erase_after: null })
    expect((await act('resume')).body).toMatchObject({ status: 'active' })
    expect((await app.other.post('/groups', { name: 'G' })).status).toBe(201)
  })

  it('are closed to everybody but staff', async () => {
    for (const path of ['/accounts', `/accounts/${app.accountId}`, '/operator/staff']) {
      const answer = await app.owner.get(path)
      expect([answer.status, answer.body.code]).toEqual([403, 'permission_denied'])
    }
  })
})

describe('entitlements', () => {
  const path = () => `/operator/accounts/${app.accountId}/entitlements`

  it('of sign-in are granted field by field under a version', async () => {
    const client = await staff()
    const before = await client.get(path())
    expect(before.body).toMatchObject({ mfa: false, mfa_floor: 'none', ip_entry_limit: 200 })
    expect((await client.put(path(), { mfa: true })).body.code).toBe('version_required')
    const after = await client.put(path(), { mfa: true }, { 'if-match': before.headers['etag'] ?? '' })
    expect(after.body).toMatchObject({ ...before.body, mfa: true, version: before.body.version + 1 })
    const stale = await client.put(path(), { mfa: false }, { 'if-match': before.headers['etag'] ?? '' })
    expect(stale.body.code).toBe('version_conflict')
    expect((await app.owner.get('/session')).body.mfa.entitled).toBe(true)
    expect(await actionsOf(app.accountId)).toContain('entitlement.changed')
  })

  it('are never taken back to an empty choice', async () => {
    const client = await staff()
    const etag = { 'if-match': (await client.get(path())).headers['etag'] ?? '' }
    expect((await client.put(path(), { mfa_methods: [] }, etag)).body.code).toBe('methods_empty')
    await inAccount(app.db, app.accountId, (trx) =>
      trx.updateTable('users').set({ mfa_setting: 'passkey' }).where('id', '=', app.ownerId).execute(),
    )
    const refused = await client.put(path(), { mfa_methods: ['email', 'sms'] }, etag)
    expect([refused.body.code, refused.body.users]).toEqual(['methods_empty', [app.ownerId]])
    await inAccount(app.db, app.accountId, (trx) =>
      trx.updateTable('users').set({ mfa_setting: 'off' }).where('id', '=', app.ownerId).execute(),
    )
    expect((await client.put(path(), { mfa_methods: ['email', 'sms'] }, etag)).status).toBe(200)
  })

  it.each([
    [{ ip_entry_limit: 1_001 }],
    [{ ip_entry_limit: 0 }],
    [{ sms_countries: ['pl'] }],
    [{ mfa: 'yes' }],
    [{ mfa_floor: 'some' }],
    [{ version: 5 }],
  ])('refuse %j', async (body) => {
    const client = await staff()
    const etag = { 'if-match': (await client.get(path())).headers['etag'] ?? '' }
    const answer = await client.put(path(), body, etag)
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
  })

  it('tell administrators what was withdrawn', async () => {
    const client = await staff()
    await app.nobody.del('/test/outbox')
    const etag = { 'if-match': (await client.get(path())).headers['etag'] ?? '' }
    await client.put(path(), { mfa: false }, etag)
    await client.patch(`/accounts/${app.accountId}/entitlements`, { values: { 'api.keys': false } })
    const mails = (await app.nobody.get('/test/outbox?kind=entitlement_withdrawn')).body.data
    expect(mails.map((mail: { to: string }) => mail.to)).toEqual(['owner@acme.test', 'owner@acme.test'])
  })

  it('of everything else are changed by key, and null gives the usual value back', async () => {
    const client = await staff()
    const all = `/accounts/${app.otherAccountId}/entitlements`
    const changed = await client.patch(all, { values: { 'limit.users': 3, booster: true } })
    const find = (answer: typeof changed, key: string) =>
      answer.body.data.find((one: { key: string }) => one.key === key)
    expect(find(changed, 'limit.users')).toEqual({ key: 'limit.users', value: 3, source: 'account', used: 1 })
    const back = await client.patch(all, { values: { 'limit.users': null } })
    expect(find(back, 'limit.users')).toMatchObject({ value: 25, source: 'default' })
    for (const values of [{ mfa: true }, { nonsense: true }, { booster: 3 }, { 'limit.users': true }])
      expect((await client.patch(all, { values })).status).toBe(422)
    expect((await app.other.get('/account/entitlements')).body.data).toEqual(back.body.data)
  })
})

describe('staff', () => {
  const invited = { email: 'new@staff.test', first_name: 'Nina', last_name: 'New', login: 'nina' }

  it('are invited with the keys they get and nothing more', async () => {
    await app.nobody.del('/test/outbox')
    const client = await staff()
    const made = await client.post('/operator/staff', { ...invited, permissions: ['operator.accounts.view'] })
    expect(made.status, made.raw).toBe(201)
    expect(made.body).toMatchObject({
      status: 'invited',
      permissions: ['operator.accounts.view'],
      login: 'nina',
    })
    const { token } = (await app.nobody.get('/test/outbox?kind=invitation')).body.data[0]
    expect((await app.nobody.post('/invitations/accept', { token, password })).body).toMatchObject({
      login: 'nina',
    })
    const listed = (await client.get('/operator/staff')).body.data
    expect(listed.map((one: { login: string }) => one.login)).toContain('nina')
  })

  it('never give what they do not hold', async () => {
    const client = await staff()
    const answer = await client.post('/operator/staff', {
      ...invited,
      email: 'other@staff.test',
      permissions: ['account.users.manage'],
    })
    expect(answer.body.code).toBe('unknown_permission')
  })

  it('remove each other, but neither themselves nor the last who manages them', async () => {
    const client = await staff()
    const listed = (await client.get('/operator/staff')).body.data as { id: string; login: string }[]
    const nina = listed.find((one) => one.login === 'nina')
    const self = listed.find((one) => one.login === 'staff@example.com')
    const own = await client.del(`/operator/staff/${self?.id}`)
    expect([own.status, own.body.code]).toEqual([403, 'self_forbidden'])
    expect((await client.del(`/operator/staff/${missing}`)).status).toBe(404)
    expect((await client.del(`/operator/staff/${nina?.id}`)).status).toBe(204)
    expect((await client.del(`/operator/staff/${nina?.id}`)).status).toBe(404)
    expect(await actionsOf(instanceAccountId)).toEqual(
      expect.arrayContaining(['staff.invited', 'staff.deleted']),
    )
  })
})
