import { describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { type Client, makeClient, password, startTestApp } from '../../test/app.ts'

const app = await startTestApp()
await app.owner.stepUp()

/** A program: no cookie, no CSRF headers, the key alone. */
const call = (
  secret: string,
  url: string,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE' = 'GET',
  payload?: object,
) =>
  app.app
    .inject({
      method,
      url: `/api/v1${url}`,
      headers: { host: 'localhost:8420', authorization: `Bearer ${secret}` },
      ...(payload ? { payload } : {}),
    })
    .then((answer) => ({
      status: answer.statusCode,
      headers: answer.headers,
      body: answer.body ? answer.json() : null,
    }))

const fresh = async (client: Client) => {
  await client.stepUp()
  return client
}
const makeKey = async (body: object = {}) => {
  await fresh(app.owner)
  const made = await app.owner.post('/api-keys', { name: 'Shop', scopes: ['contacts.view'], ...body })
  expect(made.status, made.raw).toBe(201)
  return made.body as { id: string; secret: string; prefix: string }
}

describe('making an API key', () => {
  it('shows the secret once and keeps only its hash', async () => {
    const made = await makeKey({ cidrs: ['203.0.113.0 255.255.255.0'] })
    expect(made).toMatchObject({
      status: 'active',
      cidrs: ['203.0.113.0/24'],
      mode: 'live',
      last_used_at: null,
    })
    expect(made.secret).toMatch(new RegExp(`^${made.prefix}_[\\w-]{43}_[0-9A-Za-z]{6}$`))
    const listed = await app.owner.get('/api-keys')
    expect(listed.body.data.find((key: { id: string }) => key.id === made.id)).not.toHaveProperty('secret')
    expect(listed.raw).not.toContain(made.secret)
    const row = await inAccount(app.db, app.accountId, (trx) =>
      trx.selectFrom('api_keys').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow(),
    )
    expect(JSON.stringify(row)).not.toContain(made.secret.slice(20))
    expect(new Date(row.expires_at).getTime() - app.deps.clock.now().getTime()).toBeGreaterThan(
      364 * 86_400_000,
    )
  })

  it('mails its maker and stands in the application log without the secret', async () => {
    const made = await makeKey({ name: 'Logged' })
    const mails = await app.nobody.get('/test/outbox?kind=api_key_created')
    expect(JSON.stringify(mails.body ?? mails.raw)).not.toContain(made.secret)
    const rows = await inAccount(app.db, app.accountId, (trx) =>
      trx
        .selectFrom('audit_entries')
        .selectAll()
        .where('account_id', '=', app.accountId)
        .where('object_id', '=', made.id)
        .execute(),
    )
    expect(rows.map((row) => row.action)).toEqual(['api_key.created'])
    expect(JSON.stringify(rows)).not.toContain(made.secret)
  })

  it('needs a fresh confirmation', async () => {
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'owner@acme.test', password })
    const answer = await client.post('/api-keys', { name: 'x', scopes: ['contacts.view'] })
    expect([answer.status, answer.body.code]).toEqual([403, 'step_up_required'])
  })

  it.each([
    ['an unknown scope', { scopes: ['contacts.fly'] }, 422, 'unknown_permission'],
    ['no scope', { scopes: [] }, 422, 'validation_failed'],
    ['a scope of the operator', { scopes: ['operator.accounts.view'] }, 422, 'scope_exceeds'],
    ['a scope of the panel', { scopes: ['account.users.manage'] }, 422, 'scope_exceeds'],
    ['a scope of the log', { scopes: ['account.audit_log.view'] }, 422, 'scope_exceeds'],
    ['an expiry that is over', { expires_at: '2020-01-01T00:00:00.000Z' }, 422, 'expiry_invalid'],
    ['an impossible day', { expires_at: '2030-02-30T00:00:00.000Z' }, 422, 'validation_failed'],
    ['host bits', { cidrs: ['10.1.2.3/8'] }, 422, 'host_bits_set'],
    ['a host name', { cidrs: ['example.com'] }, 422, 'bad_address'],
    ['an address with NUL', { cidrs: ['10.0.0.1\u0000'] }, 422, 'bad_address'],
    ['a name of a lone surrogate', { name: '\ud800' }, 422, 'validation_failed'],
    ['a field of the server', { account_id: 'x' }, 422, 'validation_failed'],
    ['a secret of one’s own', { secret: 'x' }, 422, 'validation_failed'],
  ])('refuses %s', async (_name, body, status, code) => {
    await fresh(app.owner)
    const answer = await app.owner.post('/api-keys', { name: 'x', scopes: ['contacts.view'], ...body })
    expect([answer.status, answer.body.code]).toEqual([status, code])
  })
})

describe('calling with an API key', () => {
  it('opens what its scopes name, without CSRF headers, and nothing else', async () => {
    const { secret } = await makeKey({ scopes: ['contacts.view', 'contacts.create'] })
    expect((await call(secret, '/contacts')).status).toBe(200)
    const made = await call(secret, '/contacts', 'POST', { email: 'by-key@example.com' })
    expect(made.status).toBe(201)
    const missing = await call(secret, '/suppressions')
    expect([missing.status, missing.body.code, missing.body.permission]).toEqual([
      403,
      'scope_missing',
      'suppressions.view',
    ])
  })

  it.each([
    ['GET', '/session'],
    ['GET', '/me'],
    ['GET', '/me/sessions'],
    ['POST', '/sign-out'],
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['GET', '/smtp-credentials'],
    ['GET', '/account'],
  ] as const)('answers panel_only to %s %s', async (method, path) => {
    const { secret } = await makeKey({ scopes: ['email.streams.manage'] })
    const answer = await call(secret, path, method, method === 'POST' ? {} : undefined)
    expect([answer.status, answer.body.code]).toEqual([403, 'panel_only'])
  })

  it('takes the scheme in any case', async () => {
    const { secret } = await makeKey()
    for (const scheme of ['Bearer', 'bearer', 'BEARER', 'bEaReR']) {
      const answer = await app.nobody.send({
        url: '/api/v1/contacts',
        headers: { authorization: `${scheme} ${secret}` },
      })
      expect(answer.status).toBe(200)
    }
  })

  it('refuses a key anywhere but in its header', async () => {
    const { secret } = await makeKey()
    const asCookie = await makeClient(app.app, `sid=${secret}`).get('/contacts')
    expect([asCookie.status, asCookie.body.code]).toEqual([401, 'unauthenticated'])
    for (const name of ['api_key', 'access_token', 'q']) {
      const inQuery = await app.nobody.get(`/contacts?${name}=${secret}`)
      expect([inQuery.status, inQuery.body.code]).toEqual([400, 'key_in_query'])
    }
    const twice = await app.owner.get('/contacts', { authorization: `Bearer ${secret}` })
    expect([twice.status, twice.body.code]).toEqual([400, 'ambiguous_credentials'])
  })

  it('answers every wrong key alike', async () => {
    const { secret } = await makeKey()
    const other = await makeKey()
    const swapped = `${other.secret.slice(0, 21)}${secret.slice(21)}`
    const basic = `Basic ${Buffer.from(`${secret}:`).toString('base64')}`
    const wrong = [
      `Bearer ${swapped}`,
      'Bearer x',
      'Bearer',
      '',
      basic,
      secret,
      `Token ${secret}`,
      `Bearer ${secret} x`,
    ]
    for (const authorization of wrong) {
      const answer = await app.nobody.send({ url: '/api/v1/contacts', headers: { authorization } })
      expect([authorization, answer.status, answer.body.code]).toEqual([
        authorization,
        401,
        'invalid_api_key',
      ])
    }
  })

  it('dies at once when it is revoked, and its address is then one that never was', async () => {
    const { secret, id } = await makeKey()
    await fresh(app.owner)
    expect((await app.owner.del(`/api-keys/${id}`)).status).toBe(204)
    const answer = await call(secret, '/contacts')
    expect([answer.status, answer.body.code]).toEqual([401, 'invalid_api_key'])
    expect((await app.owner.post(`/api-keys/${id}/rotate`)).status).toBe(404)
    const listed = await app.owner.get('/api-keys')
    expect(listed.body.data.find((key: { id: string }) => key.id === id).status).toBe('revoked')
  })

  it('works with either secret for 24 hours after a rotation', async () => {
    const { secret, id } = await makeKey()
    await fresh(app.owner)
    const rotated = await app.owner.post(`/api-keys/${id}/rotate`)
    expect(rotated.body).toMatchObject({ status: 'rotating' })
    expect(rotated.body.secret).not.toBe(secret)
    expect((await call(secret, '/contacts')).status).toBe(200)
    expect((await call(rotated.body.secret, '/contacts')).status).toBe(200)
    await app.advance(86_401)
    expect((await call(secret, '/contacts')).status).toBe(401)
    expect((await call(rotated.body.secret, '/contacts')).status).toBe(200)
    await app.advance(-86_401)
  })

  it('expires', async () => {
    const at = new Date(app.deps.clock.now().getTime() + 60_000).toISOString()
    const { secret } = await makeKey({ expires_at: at })
    expect((await call(secret, '/contacts')).status).toBe(200)
    await app.advance(61)
    const answer = await call(secret, '/contacts')
    expect([answer.status, answer.body.code]).toEqual([401, 'api_key_expired'])
    await app.advance(-61)
  })

  it('is held to its own networks', async () => {
    const inside = await makeKey({ cidrs: ['127.0.0.1'] })
    const outside = await makeKey({ cidrs: ['203.0.113.0/24'] })
    expect((await call(inside.secret, '/contacts')).status).toBe(200)
    const refused = await call(outside.secret, '/contacts')
    expect([refused.status, refused.body.code]).toEqual([403, 'ip_not_authorized'])
  })

  it('notes its last use and address', async () => {
    const { secret, id } = await makeKey()
    await call(secret, '/contacts')
    const listed = await app.owner.get('/api-keys')
    const key = listed.body.data.find((one: { id: string }) => one.id === id)
    expect(key.last_address).toBe('127.0.0.1')
    expect(key.last_used_at).not.toBeNull()
  })

  it('made for tests reads and prepares, and hands nothing to a provider', async () => {
    const scopes = ['contacts.view', 'email.campaigns.send', 'email.campaigns.edit']
    const { secret } = await makeKey({ mode: 'test', scopes })
    expect(secret).toMatch(/^cmp_test_/)
    expect((await call(secret, '/contacts')).status).toBe(200)
    const nobodys = '0190a000-0000-7000-8000-0000000000aa'
    for (const path of ['send', 'schedule', 'resume', 'test']) {
      const answer = await call(secret, `/campaigns/${nobodys}/${path}`, 'POST', {})
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'account_test_mode'])
    }
    const lacking = await call(secret, `/sending/providers/${nobodys}/check`, 'POST', {})
    expect(lacking.body.code).toBe('scope_missing')
  })

  it('is told how many calls of this second are left, and to wait when there is none', async () => {
    const { secret } = await makeKey({ rate_limit: 1 })
    const answers = await Promise.all(Array.from({ length: 8 }, () => call(secret, '/contacts')))
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.headers['retry-after']).toBe('1')
    expect(String(refused[0]?.headers['ratelimit-policy'])).toBe('"read";q=1;w=1')
    await app.nobody.post('/test/reset-limits')
  })

  it('asks for an idempotency key where it was made to', async () => {
    const { secret } = await makeKey({ scopes: ['contacts.create'], require_idempotency: true })
    const answer = await call(secret, '/contacts', 'POST', { email: 'again@example.com' })
    expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_required'])
  })
})

describe('the maker of an API key', () => {
  it('takes his rights with him: the key loses them in the same second', async () => {
    const { secret } = await makeKey({ scopes: ['suppressions.view', 'contacts.view'] })
    const owners = await inAccount(app.db, app.accountId, async (trx) => {
      const rows = await trx
        .selectFrom('user_roles')
        .selectAll()
        .where('account_id', '=', app.accountId)
        .execute()
      await trx.deleteFrom('user_roles').where('account_id', '=', app.accountId).execute()
      return rows
    })
    expect((await call(secret, '/contacts')).body.code).toBe('scope_missing')
    await inAccount(app.db, app.accountId, (trx) => trx.insertInto('user_roles').values(owners).execute())
    expect((await call(secret, '/contacts')).status).toBe(200)
  })

  it('leaves keys that work for seven days more, with a notice to administrators', async () => {
    const { secret } = await makeKey()
    const setStatus = (status: 'active' | 'disabled') =>
      inAccount(app.db, app.accountId, (trx) =>
        trx.updateTable('users').set({ status }).where('id', '=', app.ownerId).execute(),
      )
    await setStatus('disabled')
    expect((await call(secret, '/contacts')).status).toBe(200)
    await app.advance(7 * 86_400 - 60)
    expect((await call(secret, '/contacts')).status).toBe(200)
    await app.advance(61)
    expect((await call(secret, '/contacts')).body.code).toBe('invalid_api_key')
    await setStatus('active')
    expect((await call(secret, '/contacts')).status).toBe(200)
    await app.advance(-7 * 86_400 - 1)
  })
})

describe('the limit of keys', () => {
  it('holds for two makers at once', async () => {
    await app.nobody.post('/test/seed', {
      accounts: [
        {
          name: 'Small',
          key: 'small',
          entitlements: { 'limit.api_keys': 1 },
          users: [{ email: 'o@small.test', password, roles: ['owner'] }],
        },
      ],
    })
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'o@small.test', password })
    await client.stepUp()
    const body = { name: 'One', scopes: ['contacts.view'] }
    const answers = await Promise.all([1, 2, 3].map(() => client.post('/api-keys', body)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 403, 403])
    expect(answers.find((answer) => answer.status === 403)?.body).toMatchObject({
      code: 'limit_reached',
      limit_key: 'limit.api_keys',
      limit: 1,
      used: 1,
    })
  })

  it('closes with the entitlement: making and calling', async () => {
    await app.nobody.post('/test/seed', {
      accounts: [
        {
          name: 'Without',
          entitlements: { 'api.keys': false },
          users: [{ email: 'o@without.test', password, roles: ['owner'] }],
        },
      ],
    })
    const client = makeClient(app.app)
    await client.post('/sign-in', { login: 'o@without.test', password })
    await client.stepUp()
    const answer = await client.post('/api-keys', { name: 'One', scopes: ['contacts.view'] })
    expect([answer.status, answer.body.code]).toEqual([403, 'feature_disabled'])
  })
})
