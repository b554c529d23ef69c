import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeClient, password, startTestApp } from '../test/app.ts'

const app = await startTestApp()
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** RFC 6238 with the secret of its appendix B, so that the seed's factor is judged by another hand. */
const codeAt = (at: Date): string => {
  const step = Buffer.alloc(8)
  step.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
  const mac = createHmac('sha1', '12345678901234567890').update(step).digest()
  const offset = (mac.at(-1) ?? 0) & 15
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

const body = {
  reset: true,
  staff: [
    { email: 'root@example.com', password, totp_secret: secret, permissions: ['operator.accounts.view'] },
  ],
  accounts: [
    {
      name: 'Seeded Ltd',
      key: 'seeded',
      status: 'test',
      entitlements: { mfa: true, mfa_methods: ['totp', 'email', 'sms'], 'limit.users': 3 },
      settings: { postal_address: 'Long Street 1', require_consent: { email: true } },
      mfa_policy: { require: 'admins', methods: ['email', 'sms', 'totp'], trusted_device_days: 7 },
      ip_entries: ['127.0.0.1', { address: '203.0.113.0/24', label: 'Office', scopes: ['panel', 'api'] }],
      roles: [{ key: 'readers', name: 'Readers', permissions: ['contacts.view'] }],
      users: [
        {
          email: 'o@seeded.test',
          password,
          roles: ['owner'],
          key: 'o',
          totp_secret: secret,
          recovery_codes: true,
          break_glass: true,
        },
        {
          email: 'r@seeded.test',
          password,
          roles: ['readers', 'analyst'],
          login: 'reader',
          phone: '+48601234567',
          phone_verified: false,
          mfa: 'sms',
          language: 'pl',
        },
        { email: 'd@seeded.test', password, roles: ['sender'], status: 'disabled' },
      ],
    },
  ],
}

test('a seed makes everything it names and answers its ids and codes', async () => {
  const seeded = await app.nobody.post('/test/seed', body)
  expect(seeded.status, seeded.raw).toBe(201)
  expect(seeded.body.staff).toEqual([{ id: expect.any(String), login: 'root@example.com' }])
  const account = seeded.body.accounts.seeded
  expect(Object.keys(account).toSorted()).toEqual(['id', 'name', 'roles', 'slug', 'status', 'users'])
  expect(account).toMatchObject({ name: 'Seeded Ltd', slug: 'seeded-ltd', status: 'test' })
  expect(Object.keys(account.roles).toSorted()).toEqual(
    [
      ...['administrator', 'analyst', 'billing', 'campaign_manager', 'data_protection_officer', 'developer'],
      ...['owner', 'readers', 'sender', 'support_agent'],
    ].toSorted(),
  )
  expect(account.users.o).toMatchObject({ login: 'o@seeded.test', roles: ['owner'] })
  expect(account.users.o.recovery_codes).toHaveLength(10)
  expect(account.users.o.break_glass_codes).toHaveLength(2)
  expect(account.users.reader).toEqual({
    id: expect.any(String),
    login: 'reader',
    email: 'r@seeded.test',
    roles: ['readers', 'analyst'],
  })
  const again = await app.nobody.post('/test/seed', { accounts: [{ ...body.accounts[0], name: 'Twice' }] })
  expect([again.status, again.body.code]).toEqual([422, 'validation_failed'])
})

test('seeded people sign in with what the seed gave them', async () => {
  const owner = makeClient(app.app)
  const asked = await owner.post('/sign-in', { login: 'o@seeded.test', password })
  expect(asked.body).toMatchObject({ status: 'challenge', challenge: { method: 'totp' } })
  const code = codeAt(app.deps.clock.now())
  const verified = await owner.post(`/sign-in/challenges/${asked.body.challenge.id}/verify`, { code })
  expect(verified.status, verified.raw).toBe(200)
  expect((await owner.get('/security/ip-policy')).body).toMatchObject({
    state: 'enforce',
    pending_until: null,
    entries: 2,
  })
  expect((await owner.get('/security/mfa-policy')).body).toMatchObject({
    require: 'admins',
    trusted_device_days: 7,
  })
  expect((await owner.get('/account')).body).toMatchObject({
    postal_address: 'Long Street 1',
    status: 'test',
  })
  const reader = await makeClient(app.app).post('/sign-in', { login: 'reader', password })
  expect(reader.body).toMatchObject({ status: 'challenge', challenge: { method: 'sms', sent: true } })
  const disabled = await makeClient(app.app).post('/sign-in', { login: 'd@seeded.test', password })
  expect(disabled.status).toBe(401)
})

test.each([
  ['an unknown role', { users: [{ email: 'x@y.test', password, roles: ['king'] }] }],
  ['an unknown permission', { roles: [{ key: 'k', name: 'King', permissions: ['all'] }], users: [] }],
  [
    'an operator key in a role',
    { roles: [{ key: 'k', name: 'King', permissions: ['operator.staff.manage'] }], users: [] },
  ],
  ['an unknown entitlement', { entitlements: { gold: true }, users: [] }],
  ['a network with host bits', { ip_entries: ['10.0.0.1/8'], users: [] }],
  ['a name of a built-in role', { roles: [{ key: 'k', name: 'owner', permissions: [] }], users: [] }],
  [
    'a secret that is none',
    { users: [{ email: 'x@y.test', password, roles: ['owner'], totp_secret: '1890' }] },
  ],
  [
    'codes by SMS without a number',
    { users: [{ email: 'x@y.test', password, roles: ['owner'], mfa: 'sms' }] },
  ],
])('%s is refused and leaves nothing behind', async (_name, change) => {
  const answer = await app.nobody.post('/test/seed', { accounts: [{ name: 'Refused', ...change }] })
  expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed'])
  const fits = await app.nobody.post('/test/seed', { accounts: [{ name: 'Refused', users: [] }] })
  expect(fits.body.accounts.Refused.slug).toMatch(/^refused/)
})
