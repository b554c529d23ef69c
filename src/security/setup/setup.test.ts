import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makeClient, password, startTestApp } from '../../test/app.ts'
import { makeSetupLink } from './link.ts'

const app = await startTestApp()
const body = (token: string) => ({
  token,
  staff: {
    login: 'root',
    email: 'root@example.com',
    first_name: 'Rita',
    last_name: 'Root',
    password: 'a staff pass phrase of length',
  },
  account: { name: 'First Company' },
  owner: {
    email: 'anna@example.com',
    first_name: 'Anna',
    last_name: 'Kowalska',
    password: 'an owner pass phrase of length',
  },
})
const tokenOf = (link: string | null) => link?.split('#token=')[1] ?? ''
const emptied = () => app.nobody.post('/test/seed', { reset: true })

describe('the first run', () => {
  it('is over once a staff user exists', async () => {
    expect(await makeSetupLink(app.deps)).toBeNull()
    expect((await app.nobody.get('/setup')).body).toEqual({ needed: false })
    expect((await app.nobody.post('/setup/inspect', { token: 'x' })).body.code).toBe('setup_done')
    expect((await app.nobody.post('/setup', body('x'))).status).toBe(410)
  })

  it('makes staff, account and owner through the link, once', async () => {
    await emptied()
    const token = tokenOf(await makeSetupLink(app.deps))
    expect((await app.nobody.get('/setup')).body).toEqual({ needed: true })
    expect((await app.nobody.post('/setup/inspect', { token })).body).toMatchObject({
      restrict_possible: true,
      totp_required: false,
      public_url: 'http://localhost:8420',
    })
    const made = await app.nobody.post('/setup', body(token))
    expect(made.status).toBe(201)
    expect(made.headers['set-cookie']).toBeUndefined()
    const owner = makeClient(app.app)
    const signedIn = await owner.post('/sign-in', {
      login: 'anna@example.com',
      password: 'an owner pass phrase of length',
    })
    expect(signedIn.body.session.account).toEqual({
      id: made.body.account_id,
      name: 'First Company',
      kind: 'tenant',
    })
    expect((await owner.get('/account')).body).toMatchObject({ status: 'active', slug: 'first-company' })
    const staff = await makeClient(app.app).post('/sign-in', {
      login: 'ROOT',
      password: 'a staff pass phrase of length',
    })
    expect(staff.body.session.account.kind).toBe('operator')
    expect((await app.nobody.post('/setup', body(token))).status).toBe(410)
  })

  it('kills the former link with each start and every link after an hour', async () => {
    await emptied()
    const first = tokenOf(await makeSetupLink(app.deps))
    const second = tokenOf(await makeSetupLink(app.deps))
    expect((await app.nobody.post('/setup/inspect', { token: first })).body.code).toBe('link_refused')
    expect((await app.nobody.post('/setup/inspect', { token: second })).status).toBe(200)
    await app.advance(3_601)
    expect((await app.nobody.post('/setup/inspect', { token: second })).body.code).toBe('link_refused')
  })

  it('refuses weak passwords and what does not exist yet, and keeps the link alive', async () => {
    await emptied()
    const token = tokenOf(await makeSetupLink(app.deps))
    const given = body(token)
    const weak = async (secret: string) =>
      (await app.nobody.post('/setup', { ...given, owner: { ...given.owner, password: secret } })).body
    expect(await weak('short')).toMatchObject({
      code: 'password_weak',
      reason: 'too_short',
      pointer: '/owner/password',
    })
    expect(await weak('abcabcabcabcabcabc')).toMatchObject({ reason: 'common' })
    expect(await weak('first-company-2026!!')).toMatchObject({ reason: 'context' })
    expect(await weak('x'.repeat(300))).toMatchObject({ reason: 'too_long' })
    const totp = await app.nobody.post('/setup', { ...given, staff: { ...given.staff, totp_code: '123456' } })
    expect([totp.status, totp.body.code]).toEqual([422, 'totp_required'])
    expect((await app.nobody.post('/setup', { ...given, account_id: 'x' })).body.errors[0]).toMatchObject({
      pointer: '/account_id',
      code: 'unknown_field',
    })
    expect((await app.nobody.post('/setup', given)).status).toBe(201)
  })

  it('lets exactly one of two parallel set-ups through', async () => {
    await emptied()
    const token = tokenOf(await makeSetupLink(app.deps))
    const answers = await Promise.all([
      app.nobody.post('/setup', body(token)),
      app.nobody.post('/setup', body(token)),
    ])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([201, 410])
  })
})

describe('the seed of test support', () => {
  it('refuses a login in use', async () => {
    await emptied()
    const account = { name: 'Acme', users: [{ email: 'o@acme.test', password, roles: ['owner'] }] }
    expect((await app.nobody.post('/test/seed', { accounts: [account] })).status).toBe(201)
    const again = await app.nobody.post('/test/seed', { accounts: [{ ...account, name: 'Beta' }] })
    expect(again.status).toBe(422)
  })
})

describe('the authenticator app of the first member of staff', () => {
  const codeOf = (secret: string, at: Date): string => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
    const bits = [...secret].map((one) => letters.indexOf(one).toString(2).padStart(5, '0')).join('')
    const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
    const step = Buffer.alloc(8)
    step.writeBigUInt64BE(BigInt(Math.floor(at.getTime() / 30_000)))
    const mac = createHmac('sha1', key).update(step).digest()
    const place = (mac.at(-1) ?? 0) & 15
    return String((mac.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0')
  }

  it('is offered with one secret for the life of the link and bound by its code', async () => {
    await emptied()
    const token = tokenOf(await makeSetupLink(app.deps))
    const first = await app.nobody.post('/setup/inspect', { token })
    const { totp } = first.body
    expect(totp.secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(totp.otpauth_uri).toContain(totp.secret)
    expect(totp.qr_svg).toMatch(/^<svg/)
    expect((await app.nobody.post('/setup/inspect', { token })).body.totp).toEqual(totp)
    const given = body(token)
    const code = codeOf(totp.secret, app.deps.clock.now())
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    for (const totp_code of [wrong, '', 'abcdef', '１２３４５６']) {
      const refused = await app.nobody.post('/setup', { ...given, staff: { ...given.staff, totp_code } })
      expect([refused.status, refused.body.code]).toEqual([422, 'totp_required'])
    }
    const made = await app.nobody.post('/setup', { ...given, staff: { ...given.staff, totp_code: code } })
    expect(made.status, made.raw).toBe(201)
    const asked = await makeClient(app.app).post('/sign-in', {
      login: 'root',
      password: 'a staff pass phrase of length',
    })
    expect(asked.body).toMatchObject({ status: 'challenge', challenge: { method: 'totp' } })
  })
})

describe('restricting sign-in in the first run', () => {
  it('makes the present address the first entry, enforced and confirmed', async () => {
    await emptied()
    const token = tokenOf(await makeSetupLink(app.deps))
    const made = await app.nobody.post('/setup', { ...body(token), restrict_to_current_address: true })
    expect(made.status, made.raw).toBe(201)
    const owner = makeClient(app.app)
    await owner.post('/sign-in', { login: 'anna@example.com', password: 'an owner pass phrase of length' })
    const policy = (await owner.get('/security/ip-policy')).body
    expect(policy).toMatchObject({
      state: 'enforce',
      pending_until: null,
      entries: 1,
      current_address_allowed: true,
    })
    const entries = (await owner.get('/security/ip-entries')).body.data
    expect(entries.map((entry: { address: string }) => entry.address)).toEqual(['127.0.0.1'])
    await app.nobody.post('/test/reset-limits')
  })
})
