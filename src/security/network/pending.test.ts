import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import {
  anAccount,
  at,
  behindProxy,
  inside,
  mailsOf,
  outside,
  second,
  signInFrom,
  standingAt,
} from './test/places.ts'

const app = await startTestApp({ env: behindProxy })
const tenMinutes = 600

/** A confirmed list of two entries, Ann inside the first. */
const confirmed = async () => {
  const account = await anAccount(app)
  const first = await standingAt(app, account.login('ann'), inside)
  const own = (await first.post('/security/ip-entries', { address: inside })).body.entry
  const far = (await first.post('/security/ip-entries', { address: second })).body.entry
  const ann = await standingAt(app, account.login('ann'), inside)
  const policy = await ann.policy()
  expect(policy).toMatchObject({ state: 'enforce', pending_until: null })
  return { account, ann, own, far, version: policy.version as number }
}

describe('a first enforcement', () => {
  test('that nobody confirms returns by itself, with mail and log', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    await app.advance(tenMinutes - 1)
    expect((await ann.policy()).state).toBe('enforce')
    await app.advance(1)
    expect(await ann.policy()).toMatchObject({ state: 'off', pending_until: null, entries: 0 })
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(200)
    expect(await mailsOf(app, 'ip_rollback', account.login('bob'))).toHaveLength(1)
  })

  test('is confirmed by a complete new sign-in of its author from inside', async () => {
    const { ann, account } = await confirmed()
    await app.advance(tenMinutes)
    expect((await ann.policy()).state).toBe('enforce')
    expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(401)
  })

  test('is not confirmed by somebody who may not change it', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    expect((await signInFrom(app, account.login('cy'), inside)).answer.status).toBe(200)
    expect((await ann.policy()).pending_until).not.toBeNull()
  })

  test('is not confirmed from a personal entry', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    await ann.post('/security/ip-entries', {
      address: second,
      target: { type: 'user', user_id: account.users.bob },
    })
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(200)
    expect((await ann.policy()).pending_until).not.toBeNull()
  })

  test('is confirmed by a second person, never by its author', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const bob = await standingAt(app, account.login('bob'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    const own = await ann.post('/security/ip-policy/confirm')
    expect([own.status, own.body.code]).toEqual([403, 'self_approval'])
    const other = await bob.post('/security/ip-policy/confirm')
    expect([other.status, other.body.pending_until]).toEqual([200, null])
    expect((await bob.post('/security/ip-policy/confirm')).body.code).toBe('not_pending')
    expect((await bob.post('/security/ip-policy/rollback')).body.code).toBe('not_pending')
  })

  test('is undone at once by a click', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside })
    const undone = await ann.post('/security/ip-policy/rollback')
    expect([undone.status, undone.body.state, undone.body.entries]).toEqual([200, 'off', 0])
  })
})

describe('a narrowing', () => {
  test('keeps the first confirmed list while further narrowings restart the ten minutes', async () => {
    const { account, ann, far, version } = await confirmed()
    await ann.post('/security/ip-entries', { address: '192.0.2.0/24' })
    const wide = (await ann.get('/security/ip-entries')).body.data.find(
      (one: any) => one.address === '192.0.2.0/24',
    )
    const one = await ann.del(`/security/ip-entries/${far.id}`, version + 1)
    expect(one.body.policy.pending_until).not.toBeNull()
    await app.advance(240)
    await ann.stepUp()
    const two = await ann.del(`/security/ip-entries/${wide.id}`, version + 2)
    expect(two.body.policy.pending_until > one.body.policy.pending_until).toBe(true)
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(401)
    await app.advance(tenMinutes)
    const list = (await ann.get('/security/ip-entries')).body.data
    expect(list.map((entry: any) => entry.address).toSorted()).toEqual(
      ['192.0.2.0/24', second, inside].toSorted(),
    )
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(200)
  })

  test('by two people is confirmed by neither with a click', async () => {
    const { account, ann, far, version } = await confirmed()
    await ann.post('/security/ip-entries', { address: '192.0.2.0/24' })
    const wide = (await ann.get('/security/ip-entries')).body.data.find(
      (one: any) => one.address === '192.0.2.0/24',
    )
    const bob = await standingAt(app, account.login('bob'), inside)
    await ann.del(`/security/ip-entries/${far.id}`, version + 1)
    await bob.del(`/security/ip-entries/${wide.id}`, version + 2)
    expect((await ann.post('/security/ip-policy/confirm')).body.code).toBe('self_approval')
    expect((await bob.post('/security/ip-policy/confirm')).body.code).toBe('self_approval')
  })

  test('leaves a widening made meanwhile in both lists', async () => {
    const { ann, far, version } = await confirmed()
    await ann.del(`/security/ip-entries/${far.id}`, version)
    const widened = await ann.post('/security/ip-entries', { address: '192.0.2.0/24', label: 'New' })
    expect(widened.body.policy.pending_until).not.toBeNull()
    await app.advance(tenMinutes)
    const list = (await ann.get('/security/ip-entries')).body.data
    expect(list.map((entry: any) => entry.address).toSorted()).toEqual(
      ['192.0.2.0/24', second, inside].toSorted(),
    )
  })

  test('that is taken back by hand waits for nobody', async () => {
    const { ann, far, version } = await confirmed()
    await ann.del(`/security/ip-entries/${far.id}`, version)
    const back = await ann.post('/security/ip-entries', { address: '198.51.100.0/24' })
    expect(back.body.policy.pending_until).toBeNull()
  })

  test('by the end of an entry waits as well, and its end is lifted by the roll-back', async () => {
    const { ann, far, version } = await confirmed()
    const expires_at = new Date(app.deps.clock.now().getTime() + 60_000).toISOString()
    const changed = await ann.patch(`/security/ip-entries/${far.id}`, { expires_at }, version)
    expect(changed.body.policy.pending_until).not.toBeNull()
    await app.advance(tenMinutes)
    const list = (await ann.get('/security/ip-entries')).body.data
    expect(list.find((entry: any) => entry.id === far.id).expires_at).toBeNull()
  })

  test('by a label is none', async () => {
    const { ann, far, version } = await confirmed()
    const changed = await ann.patch(`/security/ip-entries/${far.id}`, { label: 'Branch' }, version)
    expect(changed.body.policy.pending_until).toBeNull()
  })

  test('is judged by its stored deadline before any sweep has run', async () => {
    const { account, ann, far, version } = await confirmed()
    await ann.del(`/security/ip-entries/${far.id}`, version)
    expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(401)
    await inAccount(app.db, account.id, (trx) =>
      trx
        .updateTable('ip_policies')
        .set({ pending_until: new Date(app.deps.clock.now().getTime() - 1000) })
        .where('account_id', '=', account.id)
        .execute(),
    )
    const { client, answer } = await signInFrom(app, account.login('bob'), second)
    expect(answer.status).toBe(200)
    const bob = at(client, second)
    expect(await bob.policy()).toMatchObject({ pending_until: null, entries: 2 })
  })
})

describe('the report state', () => {
  test('blocks nobody, counts would-be denials, and proposes entries from sign-ins', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: inside, activate: false })
    expect((await ann.put('/security/ip-policy', { state: 'report' }, 2)).status).toBe(200)
    const added = await ann.post('/security/ip-entries', { address: '192.0.2.0/24' })
    expect(added.body.policy.state).toBe('report')
    const { client, answer } = await signInFrom(app, account.login('bob'), second)
    expect(answer.status).toBe(200)
    expect((await client.get('/session', { 'x-forwarded-for': second })).status).toBe(200)
    const report = (await ann.get('/security/ip-report')).body
    expect(report.denials).toMatchObject([{ address: second, scope: 'panel', user_id: account.users.bob }])
    expect(report.denials[0].hits).toBeGreaterThan(1)
    expect(report.proposals).toEqual([{ address: second, sign_ins: 1, users: 1 }])
    const [proposal] = report.proposals
    expect((await ann.post('/security/ip-entries', { address: proposal.address })).status).toBe(201)
    expect((await ann.get('/security/ip-report')).body.proposals).toEqual([])
  })
})

test('a test of an address names who would be cut off by a proposed list', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  await signInFrom(app, account.login('bob'), second)
  const judged = await ann.post('/security/ip-test', { address: second, proposed: ['203.0.113.0/24'] })
  expect(judged.body).toMatchObject({
    address: second,
    allowed: false,
    reason: 'no_match',
    would_cut_off: [{ user_id: account.users.bob, last_address: second }],
  })
  expect((await ann.post('/security/ip-test', { address: second })).body).toMatchObject({
    allowed: true,
    reason: 'open',
  })
  expect((await ann.post('/security/ip-test', { address: '203.0.113.0/24' })).body.code).toBe('bad_address')
  const foreign = await ann.post('/security/ip-test', { address: second, user_id: app.ownerId })
  expect(foreign.status).toBe(404)
})

test('whoever is covered by entries that end within a week is told once', async () => {
  const { account, ann } = await confirmed()
  const expires_at = new Date(app.deps.clock.now().getTime() + 8 * 86_400_000).toISOString()
  await ann.post('/security/ip-entries', { address: '192.0.2.66', expires_at })
  expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(200)
  await app.advance(2 * 86_400)
  await app.advance(7_200)
  expect(await mailsOf(app, 'ip_expiring', account.login('bob'))).toHaveLength(1)
  expect(await mailsOf(app, 'ip_expiring', account.login('ann'))).toHaveLength(0)
})
