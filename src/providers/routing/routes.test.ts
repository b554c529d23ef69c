import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { isLocal, isSimulated } from '../index.ts'
import { hasRoute, orderOf, resolveRoutes } from './resolve.ts'

const app = await startTestApp()
const { owner, other, nobody, deps, accountId } = app

let n = 0
const provider = async (more: object = {}): Promise<string> => {
  n += 1
  const { body } = await owner.post('/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: `P${n}`,
    config: { host: '127.0.0.1', port: 2525, tls: 'none' },
    ...more,
  })
  return body.id
}
const [mailbox] = (await owner.get('/sending/providers')).body.data
const [first] = (await owner.get('/sending/routes')).body.data
const path = `/sending/routes/${first.id}`
const unknown = '00000000-0000-7000-8000-00000000dead'

const wanted = { accountId, channel: 'email', traffic: 'campaign', senderId: null } as const
const names = (more: object = {}) =>
  inAccount(deps.db, accountId, async (trx) =>
    (await resolveRoutes(trx, deps, { ...wanted, ...more })).map(({ name }) => name),
  )
const told = (ask: typeof isSimulated) =>
  inAccount(deps.db, accountId, (trx) => ask(trx, { accountId, channel: 'email' }))

test('a relay on loopback put into the route takes the mail, and the account is local and not simulated', async () => {
  expect(await names()).toEqual(['Built-in mailbox'])
  expect([await told(isSimulated), await told(isLocal)]).toEqual([true, true])
  const relay = await provider({ name: 'Relay' })
  const changed = await owner.patch(path, {
    providers: [{ provider_id: relay }, { provider_id: mailbox.id }],
  })
  expect(changed.status).toBe(200)
  expect(await names()).toEqual(['Relay'])
  expect([await told(isSimulated), await told(isLocal)]).toEqual([false, true])
  await owner.patch(`/sending/providers/${relay}`, { enabled: false })
  expect(await names()).toEqual(['Built-in mailbox'])
  await owner.patch(`/sending/providers/${relay}`, { enabled: true, pool: 'transactional' })
  expect(await names()).toEqual(['Built-in mailbox'])
  expect(await names({ traffic: 'transactional' })).toEqual(['Relay'])
  await owner.patch(path, { providers: [{ provider_id: mailbox.id }] })
})

test('a public relay makes the account neither simulated nor local', async () => {
  const relay = await provider({ config: { host: '8.8.8.8', port: 587, tls: 'starttls' } })
  await owner.patch(path, { providers: [{ provider_id: relay }] })
  expect([await told(isSimulated), await told(isLocal)]).toEqual([false, false])
  await owner.patch(path, { providers: [{ provider_id: mailbox.id }] })
})

test('the most specific route wins', async () => {
  const [forTraffic, forSender] = [
    await provider({ name: 'For traffic' }),
    await provider({ name: 'For sender' }),
  ]
  const sender = (await owner.get('/email/senders')).body.data[0].id
  const route = (more: object) => owner.post('/sending/routes', { channel: 'email', ...more })
  const one = await route({ traffic: 'campaign', providers: [{ provider_id: forTraffic }] })
  const two = await route({ sender_id: sender, providers: [{ provider_id: forSender }] })
  expect([one.status, two.status]).toEqual([201, 201])
  expect(await names()).toEqual(['For traffic'])
  expect(await names({ traffic: 'transactional' })).toEqual(['Built-in mailbox'])
  expect(await names({ senderId: sender })).toEqual(['For sender'])
  for (const made of [one, two]) expect((await owner.del(`/sending/routes/${made.body.id}`)).status).toBe(204)
})

test('without a route nothing can leave', async () => {
  await owner.patch(path, { enabled: false })
  expect(await names()).toEqual([])
  expect(await inAccount(deps.db, accountId, (trx) => hasRoute(trx, wanted))).toBe(false)
  expect(await told(isSimulated)).toBe(false)
  await owner.patch(path, { enabled: true })
  expect(await inAccount(deps.db, accountId, (trx) => hasRoute(trx, wanted))).toBe(true)
})

test('a provider in a route cannot be deleted, also not a second one of the list', async () => {
  const relay = await provider()
  await owner.patch(path, { providers: [{ provider_id: mailbox.id }, { provider_id: relay }] })
  for (const id of [mailbox.id, relay])
    expect((await owner.del(`/sending/providers/${id}`)).body).toMatchObject({
      status: 409,
      code: 'provider_in_use',
    })
  await owner.patch(path, { providers: [{ provider_id: mailbox.id }] })
  expect((await owner.del(`/sending/providers/${relay}`)).status).toBe(204)
})

test('two enabled routes with the same match are refused, a disabled one is not', async () => {
  const same = { channel: 'email', providers: [{ provider_id: mailbox.id }] }
  expect((await owner.post('/sending/routes', same)).body).toMatchObject({ status: 409, code: 'duplicate' })
  const off = await owner.post('/sending/routes', { ...same, enabled: false })
  expect(off.status).toBe(201)
  expect((await owner.patch(`/sending/routes/${off.body.id}`, { enabled: true })).body.code).toBe('duplicate')
  const at = { ...same, traffic: 'transactional' }
  const race = await Promise.all([owner.post('/sending/routes', at), owner.post('/sending/routes', at)])
  expect(race.map(({ status }) => status).sort()).toEqual([201, 409])
})

describe('a route cannot have', async () => {
  const disabled = await provider({ enabled: false })
  const foreign = (await other.get('/sending/providers')).body.data[0].id
  const step = { provider_id: mailbox.id }
  test.each<[string, object, string, string?]>([
    ['no providers', { providers: [] }, 'validation_failed', '/providers'],
    ['eleven providers', { providers: Array(11).fill(step) }, 'validation_failed', '/providers'],
    [
      'an unknown provider',
      { providers: [{ provider_id: unknown }] },
      'validation_failed',
      '/providers/0/provider_id',
    ],
    [
      'the provider of another account',
      { providers: [step, { provider_id: foreign }] },
      'validation_failed',
      '/providers/1/provider_id',
    ],
    ['one provider twice', { providers: [step, step] }, 'validation_failed', '/providers/1/provider_id'],
    ['a disabled provider', { providers: [{ provider_id: disabled }] }, 'provider_disabled'],
    [
      'a split without shares',
      { mode: 'split', providers: [step] },
      'validation_failed',
      '/providers/0/percent',
    ],
    [
      'a split of 99',
      { mode: 'split', providers: [{ ...step, percent: 99 }] },
      'validation_failed',
      '/providers',
    ],
    ['an unknown sender', { sender_id: unknown, providers: [step] }, 'validation_failed', '/sender_id'],
    ['a country in small letters', { country: 'pl', providers: [step] }, 'validation_failed', '/country'],
    [
      'a country, which an e-mail address does not tell',
      { country: 'PL', providers: [step] },
      'validation_failed',
      '/country',
    ],
    [
      'a receiver that is no domain',
      { receiving_domain: 'not a domain', providers: [step] },
      'validation_failed',
      '/receiving_domain',
    ],
    ['an unknown field', { weight: 1, providers: [step] }, 'validation_failed', '/weight'],
  ])('%s', async (_name, body, code, pointer) => {
    const answer = await owner.post('/sending/routes', { channel: 'email', traffic: 'campaign', ...body })
    expect(answer.status).toBe(422)
    expect(answer.body.code).toBe(code)
    if (pointer) expect(answer.body.errors[0].pointer).toBe(pointer)
  })
})

test('a stale version is refused', async () => {
  const { body } = await owner.get(path)
  expect((await owner.patch(path, { mode: 'failover' }, { 'if-match': `"${body.version}"` })).status).toBe(
    200,
  )
  expect((await owner.patch(path, { mode: 'failover' }, { 'if-match': `"${body.version}"` })).status).toBe(
    412,
  )
  expect((await owner.del(path, { 'if-match': `"${body.version}"` })).status).toBe(412)
})

test('nobody else reaches a route', async () => {
  for (const answer of [
    await other.get(path),
    await other.patch(path, { enabled: false }),
    await other.del(path),
  ])
    expect(answer.status).toBe(404)
  for (const answer of [
    await nobody.get('/sending/routes'),
    await nobody.post('/sending/routes', {}),
    await nobody.get(path),
    await nobody.patch(path, {}),
    await nobody.del(path),
  ])
    expect(answer.status).toBe(401)
})

test.each([
  [0, ['a', 'b', 'c']],
  [69, ['a', 'b', 'c']],
  [70, ['b', 'a', 'c']],
  [99, ['c', 'a', 'b']],
])('a split drawn at %i begins with its share, the others follow', (draw, order) => {
  const steps = [
    { provider_id: 'a', percent: 70 },
    { provider_id: 'b', percent: 20 },
    { provider_id: 'c', percent: 10 },
  ]
  expect(orderOf('split', steps, () => draw)).toEqual(order)
  expect(orderOf('failover', steps, () => draw)).toEqual(['a', 'b', 'c'])
})
