import { beforeAll, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import type { Where } from '../../http/actor.ts'
import { startTestApp } from '../../test/app.ts'
import { byUser, byVisitor } from '../entry.ts'
import { record } from '../record.ts'
import { recordDeniedSignIn } from '../windows.ts'

const app = await startTestApp()
const from = (address: string | null): Where => ({
  address,
  agent: 'Firefox',
  requestId: `r-${address}`,
  sessionHash: null,
  amr: [],
})
const mia = '0190a000-0000-7000-8000-00000000aaaa'

beforeAll(() =>
  inAccount(app.db, app.accountId, async (trx) => {
    const acts = [
      [from('198.51.100.7'), 'group.created', 'g-1'],
      [from('198.51.100.200'), 'group.changed', 'g-1'],
      [from('203.0.113.5'), 'contact.changed', 'c-1'],
      [from('2001:db8::7'), 'campaign.started', 'k-1'],
      [from(null), 'role.changed', 'role-1'],
    ] as const
    for (const [where, action, id] of acts)
      await record(trx, app.deps, byUser(app.accountId, where, { userId: mia, name: 'Mia Berg' }), {
        action,
        object: { type: 'thing', id },
        diff: { after: { name: `Name of ${id}` } },
      })
    await record(trx, app.deps, byVisitor(app.accountId, from('203.0.113.5'), { login: 'mia' }), {
      action: 'login.denied',
      result: 'denied',
      reason: 'password',
    })
  }),
)

const shown = async (query: string): Promise<string[]> => {
  const { status, body } = await app.owner.get(`/audit-log?${query}`)
  expect(status).toBe(200)
  return body.data
    .map((one: { action: string }) => one.action)
    .filter((action: string) => !['audit_log.viewed', 'login.succeeded', 'session.ended'].includes(action))
    .toReversed()
}

describe('the filters of the log', () => {
  it.each([
    ['action=group.changed', ['group.changed']],
    ['section=contacts', ['group.created', 'group.changed', 'contact.changed']],
    ['section=email', ['campaign.started']],
    [`user_id=${mia}&section=roles`, ['role.changed']],
    ['actor_type=visitor', ['login.denied']],
    ['address=198.51.100.7', ['group.created']],
    ['address=198.51.100.0/24', ['group.created', 'group.changed']],
    ['address=2001:DB8:0:0::7', ['campaign.started']],
    ['address=2001:db8::/32', ['campaign.started']],
    ['address=unresolved', ['role.changed']],
    ['object_id=g-1', ['group.created', 'group.changed']],
    ['result=denied', ['login.denied']],
    ['q=Name of c-1', ['contact.changed']],
    ['q=100%25_', []],
    ['q=password', ['login.denied']],
    ['section=contacts&address=198.51.100.0/24&object_id=g-1&action=group.created&q=g-1', ['group.created']],
    ['to=2020-01-01T00:00:00.000Z', []],
  ])('find by %s exactly what they say', async (query, expected) => {
    expect(await shown(query)).toEqual(expected)
  })

  it.each(['198.51.100.1/24', '010.0.0.1', 'nonsense', '198.51.100.0/33', '::1%25eth0'])(
    'refuse %s as an address',
    async (address) => {
      const { status, body } = await app.owner.get(`/audit-log?address=${address}`)
      expect([status, body.code]).toEqual([422, 'bad_address'])
    },
  )

  it.each([
    'from=2026-02-30T00:00:00.000Z',
    'from=yesterday',
    'action=nothing',
    'section=none',
    'user_id=1',
    'account_id=x',
    'q=',
  ])('refuse %s', async (query) => {
    expect((await app.owner.get(`/audit-log?${query}`)).status).toBe(422)
  })

  it('page through everything without repeating or skipping', async () => {
    const seqs: number[] = []
    let cursor = ''
    do {
      const { body } = await app.owner.get(`/audit-log?limit=2${cursor}`)
      seqs.push(...body.data.map((one: { seq: number }) => one.seq))
      cursor = body.next_cursor ? `&cursor=${encodeURIComponent(body.next_cursor)}` : ''
    } while (cursor)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, n) => seqs.length - n))
    expect((await app.owner.get('/audit-log?cursor=nonsense')).body.code).toBe('invalid_cursor')
  })
})

describe('one record', () => {
  it('is shown by its number, and no other account sees it', async () => {
    const one = await app.owner.get('/audit-log/1')
    expect(one.body).toMatchObject({ seq: 1 })
    expect((await app.owner.get('/audit-log/999999')).status).toBe(404)
    expect((await app.owner.get('/audit-log/0')).status).toBe(422)
    expect((await app.owner.get('/audit-log/9007199254740993')).status).toBe(422)
  })
})

it('looking is recorded once an hour, whoever pages', async () => {
  const viewed = async () => (await app.owner.get('/audit-log?action=audit_log.viewed')).body.data.length
  const before = await viewed()
  expect(before).toBe(1)
  await app.owner.get('/audit-log')
  expect(await viewed()).toBe(1)
})

it('own rows are shown to everybody on the own profile', async () => {
  const own = await app.owner.get('/me/activity')
  expect(own.status).toBe(200)
  expect(new Set(own.body.data.map((one: { actor: { id: string } }) => one.actor.id))).toEqual(
    new Set([app.ownerId]),
  )
})

it('staff see the log of the installation and of an account they name', async () => {
  const own = await app.staff.get('/operator/audit-log')
  expect(own.status).toBe(200)
  const named = await app.staff.get(`/operator/audit-log?account_id=${app.accountId}&action=group.created`)
  expect(named.body.data).toHaveLength(1)
  expect((await app.owner.get('/operator/audit-log')).status).toBe(403)
  expect((await app.staff.get('/audit-log')).status).toBe(403)
  const none = '01900000-0000-7000-8000-000000000000'
  expect((await app.staff.get(`/operator/audit-log?account_id=${none}`)).status).toBe(404)
})

it('a refused permission is one record per person, permission and hour', async () => {
  for (let n = 0; n < 3; n += 1) expect((await app.owner.get('/operator/audit-log')).status).toBe(403)
  const denied = (await app.owner.get('/audit-log?action=access.denied')).body.data
  expect(denied).toHaveLength(1)
  expect(denied[0]).toMatchObject({
    result: 'denied',
    object: { type: 'permission', id: 'operator.audit_log.view' },
    actor: { id: app.ownerId },
  })
})

it('refused sign-ins stand one by one, above a hundred a minute from one address as a number', async () => {
  const where = from('192.0.2.66')
  const deny = () =>
    recordDeniedSignIn(app.deps, { accountId: app.accountId, where, reason: 'password', login: 'x' })
  for (let n = 0; n < 26; n += 1) await Promise.all([deny(), deny(), deny(), deny()])
  const found = async () => (await app.owner.get('/audit-log?address=192.0.2.66&limit=1000')).body.data
  expect(await found()).toHaveLength(100)
  await app.advance(121)
  const [flood] = await found()
  expect(flood).toMatchObject({ action: 'login.denied', reason: 'throttled', diff: { after: { count: 4 } } })
})
