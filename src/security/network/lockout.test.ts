import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { anAccount, behindProxy, inside, outside, second, signInFrom, standingAt } from './test/places.ts'

const app = await startTestApp({ env: behindProxy })
const inAnHour = () => new Date(app.deps.clock.now().getTime() + 3_600_000).toISOString()

/** Ann stands inside her own entry; a second one covers somewhere else. */
const twoEntries = async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  const own = (await ann.post('/security/ip-entries', { address: inside })).body.entry
  const far = (await ann.post('/security/ip-entries', { address: second })).body.entry
  const { version } = await ann.policy()
  return { account, ann, own, far, version }
}

describe('nobody shuts himself out', () => {
  test.each<
    [string, (given: Awaited<ReturnType<typeof twoEntries>>) => Promise<{ status: number; body: any }>]
  >([
    [
      'by deleting his network',
      ({ ann, own, version }) => ann.del(`/security/ip-entries/${own.id}?confirm=open`, version),
    ],
    [
      'by editing it',
      ({ ann, own, version }) => ann.patch(`/security/ip-entries/${own.id}`, { address: outside }, version),
    ],
    [
      'by taking its scope',
      ({ ann, own, version }) => ann.patch(`/security/ip-entries/${own.id}`, { scopes: ['smtp'] }, version),
    ],
    [
      'by letting it expire',
      ({ ann, own, version }) =>
        ann.patch(`/security/ip-entries/${own.id}`, { expires_at: inAnHour() }, version),
    ],
    [
      'by a list of his role',
      ({ ann, account, version }) =>
        ann.put(`/roles/${account.ownerRole}/ip-list`, { addresses: [{ address: second }] }, version),
    ],
    [
      'by a list of his role that expires',
      ({ ann, account, version }) =>
        ann.put(
          `/roles/${account.ownerRole}/ip-list`,
          { addresses: [{ address: inside, expires_at: inAnHour() }, { address: second }] },
          version,
        ),
    ],
  ])('%s', async (_name, act) => {
    const given = await twoEntries()
    const refused = await act(given)
    expect([refused.status, refused.body.code, refused.body.current_address]).toEqual([
      409,
      'would_lock_out_caller',
      inside,
    ])
    expect(await given.ann.policy()).toMatchObject({ version: given.version, current_address_allowed: true })
  })

  test('by enforcing a list that does not hold him', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: second, activate: false })
    const refused = await ann.put('/security/ip-policy', { state: 'enforce' }, 2)
    expect([refused.status, refused.body.code]).toEqual([409, 'would_lock_out_caller'])
  })

  test('with a personal entry of his own to stand on', async () => {
    const { account, ann, own, version } = await twoEntries()
    await ann.post('/security/ip-entries', {
      address: inside,
      target: { type: 'user', user_id: account.users.ann },
    })
    const refused = await ann.del(`/security/ip-entries/${own.id}`, version + 1)
    expect(refused.body.code).toBe('would_lock_out_caller')
  })

  test('by leaving only entries that expire', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const own = (await ann.post('/security/ip-entries', { address: inside })).body.entry
    const expiring = { address: '203.0.113.0/24', expires_at: inAnHour() }
    expect((await ann.post('/security/ip-entries', expiring)).status).toBe(201)
    const patched = await ann.patch(`/security/ip-entries/${own.id}`, { expires_at: inAnHour() }, 3)
    expect([patched.status, patched.body.code]).toEqual([422, 'expiry_last_entry'])
    const deleted = await ann.del(`/security/ip-entries/${own.id}`, 3)
    expect([deleted.status, deleted.body.code]).toEqual([409, 'would_lock_out_caller'])
  })

  test('in a race with a colleague: of two deletions of the last covering entries one is refused', async () => {
    for (let round = 0; round < 2; round += 1) {
      const account = await anAccount(app)
      const ann = await standingAt(app, account.login('ann'), inside)
      const bob = await standingAt(app, account.login('bob'), inside)
      const one = (await ann.post('/security/ip-entries', { address: '203.0.113.0/24' })).body.entry
      const two = (await ann.post('/security/ip-entries', { address: '203.0.0.0/16' })).body.entry
      await ann.post('/security/ip-entries', { address: second })
      const answers = await Promise.all([
        ann.del(`/security/ip-entries/${one.id}`, 4),
        bob.del(`/security/ip-entries/${two.id}`, 4),
      ])
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412])
      const left = (await ann.get('/security/ip-entries')).body.data.find(
        (entry: any) => entry.contains_caller,
      )
      const last = await Promise.all([
        ann.del(`/security/ip-entries/${left.id}`, 5),
        bob.del(`/security/ip-entries/${left.id}`, 5),
      ])
      expect(last.map(({ body }) => body.code)).toEqual(['would_lock_out_caller', 'would_lock_out_caller'])
    }
  })

  test('with twenty parallel changes: each version is used once', async () => {
    const { ann, version } = await twoEntries()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        ann.post('/security/ip-entries', { address: `192.0.2.${n}` }, version),
      ),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19)
  })
})

describe('a list of a role', () => {
  test('narrows its holders to networks inside the account’s list', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    await ann.post('/security/ip-entries', { address: '203.0.113.0/24' })
    await ann.post('/security/ip-entries', { address: second })
    const put = await ann.put(
      `/roles/${account.desk}/ip-list`,
      { addresses: [{ address: second, label: 'Desk' }] },
      3,
    )
    expect([put.status, put.body.data[0].label, put.body.version]).toEqual([200, 'Desk', 4])
    expect((await ann.get(`/roles/${account.desk}/ip-list`)).body.data).toHaveLength(1)
    expect((await signInFrom(app, account.login('cy'), inside)).answer.status).toBe(401)
    expect((await signInFrom(app, account.login('cy'), second)).answer.status).toBe(200)
    expect((await signInFrom(app, account.login('bob'), inside)).answer.status).toBe(200)
    const judged = await ann.post('/security/ip-test', { address: inside, user_id: account.users.cy })
    expect(judged.body).toMatchObject({ allowed: false, reason: 'role_list' })
    const { version } = await ann.policy()
    const removed = await ann.put(`/roles/${account.desk}/ip-list`, { addresses: [] }, version)
    expect([removed.status, removed.body.data]).toEqual([200, []])
    expect((await signInFrom(app, account.login('cy'), inside)).answer.status).toBe(200)
  })

  test('alone can be enforced, and its removal opens the account deliberately', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    expect((await ann.put('/security/ip-policy', { state: 'enforce' }, 1)).body.code).toBe('list_empty')
    await ann.put(`/roles/${account.desk}/ip-list`, { addresses: [{ address: second }] }, 1)
    expect((await ann.put('/security/ip-policy', { state: 'enforce' }, 2)).status).toBe(200)
    expect((await signInFrom(app, account.login('cy'), inside)).answer.status).toBe(401)
    const path = `/roles/${account.desk}/ip-list`
    expect((await ann.put(path, { addresses: [] }, 3)).body.code).toBe('confirm_required')
    expect((await ann.put(path, { addresses: [], confirm: 'open' }, 3)).status).toBe(200)
    expect((await ann.policy()).state).toBe('off')
  })

  test('is judged entry by entry', async () => {
    const account = await anAccount(app)
    const ann = await standingAt(app, account.login('ann'), inside)
    const path = `/roles/${account.desk}/ip-list`
    const bad = await ann.put(path, { addresses: [{ address: second }, { address: '203.0.113.7/24' }] }, 1)
    expect([bad.body.code, bad.body.pointer]).toEqual(['host_bits_set', '/addresses/1/address'])
    const twins = await ann.put(path, { addresses: [{ address: second }, { address: `${second}/32` }] }, 1)
    expect(twins.body.code).toBe('duplicate')
    const missing = '/roles/0190a000-0000-7000-8000-0000000000aa/ip-list'
    expect((await ann.put(missing, { addresses: [] }, 1)).status).toBe(404)
    expect((await ann.get(missing)).status).toBe(404)
  })
})

test('a personal entry lets one person in from one more place', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  await ann.post('/security/ip-entries', { address: inside })
  await ann.post('/security/ip-entries', {
    address: second,
    target: { type: 'user', user_id: account.users.cy },
  })
  expect((await signInFrom(app, account.login('cy'), second)).answer.status).toBe(200)
  expect((await signInFrom(app, account.login('bob'), second)).answer.status).toBe(401)
  const judged = await ann.post('/security/ip-test', { address: second, user_id: account.users.cy })
  expect(judged.body).toMatchObject({ allowed: true, reason: 'personal' })
})

test('a personal entry alone closes nothing and enforces nothing', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  const stored = await ann.post('/security/ip-entries', {
    address: second,
    target: { type: 'user', user_id: account.users.cy },
  })
  expect(stored.body.policy).toMatchObject({ state: 'off' })
  expect((await ann.put('/security/ip-policy', { state: 'enforce' }, 2)).body.code).toBe('list_empty')
})

test('an entry for the API alone leaves the panel open', async () => {
  const account = await anAccount(app)
  const ann = await standingAt(app, account.login('ann'), inside)
  const added = await ann.post('/security/ip-entries', { address: second, scopes: ['api'] })
  expect(added.body.policy).toMatchObject({ state: 'enforce', pending_until: null })
  expect((await signInFrom(app, account.login('bob'), outside)).answer.status).toBe(200)
})
