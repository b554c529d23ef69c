import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import {
  anAccount,
  behindProxy,
  inside,
  mailsOf,
  outside,
  second,
  signInFrom,
  standingAt,
} from './test/places.ts'

const app = await startTestApp({ env: behindProxy })

describe('the first entry', () => {
  test('is applied at once, keeps others out and lets its own network in', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const added = await ann.post('/security/ip-entries', { address: inside, label: 'Office' })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      entry: {
        address: inside,
        kind: 'address',
        size: '1',
        label: 'Office',
        scopes: ['panel'],
        target: { type: 'account' },
        created_by: { id: account.users.ann, name: 'Test User' },
        contains_caller: true,
      },
      warnings: [],
      policy: { state: 'enforce', version: 2 },
    })
    expect(added.body.policy.pending_until).not.toBeNull()

    const stranger = await signInFrom(app, account.login('ann'), outside)
    expect([stranger.answer.status, stranger.answer.body.code]).toEqual([401, 'sign_in_refused'])
    expect(await mailsOf(app, 'blocked_network', account.login('ann'))).toHaveLength(1)
    expect((await signInFrom(app, account.login('ann'), inside)).answer.status).toBe(200)
    expect(await mailsOf(app, 'ip_list_changed', account.login('bob'))).toHaveLength(1)
  })

  test('is not stored when the caller would be outside, and the state stays off', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const refused = await ann.post('/security/ip-entries', { address: second })
    expect([refused.status, refused.body.code, refused.body.current_address]).toEqual([
      409,
      'would_lock_out_caller',
      inside,
    ])
    expect(await ann.policy()).toMatchObject({ state: 'off', entries: 0, version: 1 })
  })

  test('may be stored in advance without being applied', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const stored = await ann.post('/security/ip-entries', { address: second, activate: false })
    expect([stored.status, stored.body.policy.state]).toEqual([201, 'off'])
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(200)
    const judged = await ann.post('/security/ip-test', { address: outside })
    expect(judged.body).toMatchObject({ allowed: false, reason: 'no_match' })
  })

  test('is refused to somebody whose address is unresolved', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), 'unknown')
    const refused = await ann.post('/security/ip-entries', { address: inside })
    expect([refused.status, refused.body.code, refused.body.current_address]).toEqual([
      409,
      'would_lock_out_caller',
      null,
    ])
  })
})

describe('an open session', () => {
  test('outside the list is refused, told once, and works again from inside', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const { client } = await signInFrom(app, account.login('bob'), second)
    await ann.post('/security/ip-entries', { address: inside })
    for (let n = 0; n < 2; n += 1) {
      const refused = await client.get('/session', { 'x-forwarded-for': second })
      expect([refused.status, refused.body.code]).toEqual([403, 'ip_not_authorized'])
    }
    expect(await mailsOf(app, 'session_elsewhere', account.login('bob'))).toHaveLength(1)
    expect((await client.get('/session', { 'x-forwarded-for': inside })).status).toBe(200)
  })

  test('ends outside the list where the policy revokes', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const { client } = await signInFrom(app, account.login('bob'), second)
    await ann.post('/security/ip-entries', { address: inside })
    const { version } = await ann.policy()
    expect(
      (await ann.put('/security/ip-policy', { state: 'enforce', on_session_mismatch: 'revoke' }, version))
        .status,
    ).toBe(200)
    expect((await client.get('/session', { 'x-forwarded-for': second })).status).toBe(403)
    expect((await client.get('/session', { 'x-forwarded-for': inside })).status).toBe(401)
  })
})

describe('the list', () => {
  test('refuses what is wrong with an entry by its code', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const refusals = [
      [{ address: '203.0.113.7/24' }, 422, 'host_bits_set'],
      [{ address: '' }, 422, 'bad_address'],
      [{ address: '203.0.113.7\u0000' }, 422, 'bad_address'],
      [{ address: '\ud800' }, 422, 'bad_address'],
      [{ address: 'x'.repeat(5000) }, 422, 'bad_address'],
      [{ address: 7 }, 422, 'validation_failed'],
      [{ address: inside, scopes: [] }, 422, 'validation_failed'],
      [{ address: inside, scopes: ['panel', 'panel'] }, 422, 'validation_failed'],
      [{ address: inside, scopes: ['root'] }, 422, 'validation_failed'],
      [{ address: inside, label: 'x'.repeat(121) }, 422, 'validation_failed'],
      [{ address: inside, account_id: account.id }, 422, 'validation_failed'],
      [{ address: inside, target: { type: 'user' } }, 422, 'validation_failed'],
      [{ address: inside, target: { type: 'user', user_id: app.ownerId } }, 404, 'not_found'],
      [{ address: inside, expires_at: '2000-01-01T00:00:00.000Z' }, 422, 'expiry_invalid'],
      [{ address: inside, expires_at: '2027-02-30T00:00:00.000Z' }, 422, 'validation_failed'],
      [{ address: inside, expires_at: '2100-01-01T00:00:00.000Z' }, 422, 'expiry_last_entry'],
    ] as const
    for (const [body, status, code] of refusals) {
      const answer = await ann.post('/security/ip-entries', body)
      expect([body, answer.status, answer.body.code]).toEqual([body, status, code])
    }
    const suggested = await ann.post('/security/ip-entries', { address: '203.0.113.7/24' })
    expect(suggested.body.suggestion).toBe('203.0.113.0/24')
    expect((await ann.policy()).entries).toBe(0)
  })

  test('stores nothing twice and nothing that is covered', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const network = await ann.post('/security/ip-entries', { address: '203.0.113.0/24' })
    const twin = await ann.post('/security/ip-entries', { address: '203.0.113.0 255.255.255.0' })
    expect([twin.status, twin.body.code, twin.body.entry_id]).toEqual([
      409,
      'duplicate',
      network.body.entry.id,
    ])
    const covered = await ann.post('/security/ip-entries', { address: inside })
    expect([covered.status, covered.body.covered_by]).toEqual([200, network.body.entry.id])
    const further = await ann.post('/security/ip-entries', { address: inside, scopes: ['panel', 'api'] })
    expect(further.status).toBe(201)
    expect((await ann.get('/security/ip-entries')).body.data).toHaveLength(2)
  })

  test('filters by scope and target and carries the version', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    await ann.post('/security/ip-entries', { address: second, scopes: ['api'] })
    await ann.post('/security/ip-entries', {
      address: outside,
      target: { type: 'user', user_id: account.users.cy },
    })
    const lengths = await Promise.all(
      [
        '',
        '?scope=panel',
        '?scope=api',
        '?target=account',
        '?target=user',
        `?user_id=${account.users.cy}`,
      ].map(async (query) => (await ann.get(`/security/ip-entries${query}`)).body.data.length),
    )
    expect(lengths).toEqual([3, 2, 1, 2, 1, 1])
    const list = await ann.get('/security/ip-entries?limit=2')
    expect([list.body.version, list.headers['etag'], list.body.has_more]).toEqual([4, '"4"', true])
    const rest = await ann.get(`/security/ip-entries?limit=2&cursor=${list.body.next_cursor}`)
    expect([rest.body.data.length, rest.body.has_more]).toEqual([1, false])
  })

  test('asks for the version where it is changed and refuses a stale one', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const { entry } = (await ann.post('/security/ip-entries', { address: inside })).body
    const path = `/security/ip-entries/${entry.id}`
    expect((await ann.patch(path, { label: 'x' }, 1)).body.code).toBe('version_conflict')
    expect((await ann.post('/security/ip-entries', { address: second }, 1)).body.code).toBe(
      'version_conflict',
    )
    const missing = '/security/ip-entries/0190a000-0000-7000-8000-0000000000aa'
    expect((await ann.patch(missing, { label: 'x' }, 1)).body.code).toBe('not_found')
    const changed = await ann.patch(path, { label: 'Home', address: '203.0.113.0/24' }, 2)
    expect([changed.status, changed.body.entry.label, changed.body.entry.address]).toEqual([
      200,
      'Home',
      '203.0.113.0/24',
    ])
  })

  test('is readable and closed to those who may only look', async () => {
    const account = await anAccount(app)
    const { client } = await signInFrom(app, account.login('cy'), inside)
    const answer = await client.get('/security/ip-policy')
    expect(answer.status).toBe(403)
  })

  test('needs a fresh confirmation to be changed', async () => {
    const account = await anAccount(app)
    const { client } = await signInFrom(app, account.login('ann'), inside)
    const answer = await client.post('/security/ip-entries', { address: inside })
    expect([answer.status, answer.body.code, answer.body.purpose]).toEqual([
      403,
      'step_up_required',
      'general',
    ])
  })

  test('opens to the world by a deliberate deletion of its last entry alone', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const { entry } = (await ann.post('/security/ip-entries', { address: inside })).body
    const path = `/security/ip-entries/${entry.id}`
    expect((await ann.del(path, 2)).body.code).toBe('confirm_required')
    expect((await ann.patch(path, { scopes: ['api'] }, 2)).body.code).toBe('confirm_required')
    expect((await ann.put('/security/ip-policy', { state: 'report' }, 2)).body.code).toBe('confirm_required')
    const gone = await ann.del(`${path}?confirm=open`, 2)
    expect([gone.status, gone.body.policy.state, gone.body.policy.pending_until]).toEqual([200, 'off', null])
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(200)
  })

  test('stays closed when an entry expires, which then matches nothing', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    const expires_at = new Date(app.deps.clock.now().getTime() + 60_000).toISOString()
    expect((await ann.post('/security/ip-entries', { address: second, expires_at })).status).toBe(201)
    const { client } = await signInFrom(app, account.login('ann'), inside)
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(200)
    await app.advance(60)
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(401)
    expect((await client.get('/session', { 'x-forwarded-for': inside })).status).toBe(200)
  })

  test('has a limit', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    for (let n = 0; n < 199; n += 1) {
      const added = await ann.post('/security/ip-entries', { address: `198.51.${n}.1` })
      expect(added.status).toBe(201)
    }
    const refused = await ann.post('/security/ip-entries', { address: second })
    expect([refused.status, refused.body.code]).toEqual([422, 'limit'])
    expect(await ann.policy()).toMatchObject({ entries: 200, entry_limit: 200 })
  })
})
