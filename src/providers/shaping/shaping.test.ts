import { describe, expect, test } from 'vitest'
import { peopleAt, startReceivers } from '../test/receivers.ts'

const world = await startReceivers()
const { app, zone, receiver, send, drain, waiting, providerOf, leadTo } = world
const { owner, other, nobody } = app

const ruleFor = async (site: string, body: object) => {
  const answer = await owner.post('/email/shaping', { site, ...body })
  expect(answer.status, answer.raw).toBe(201)
  return answer.body
}
const receiverOf = async (site: string) =>
  (await owner.get('/email/receivers')).body.data.find((one: { site: string }) => one.site === site)

describe('direct delivery', () => {
  test('a receiver that answers 421 slows itself alone; it is listed with its words', async () => {
    await leadTo({ kind: 'mx', config: {} })
    zone['busy.test'] = { a: ['127.0.0.4'] }
    zone['calm.test'] = { a: ['127.0.0.2'] }
    await receiver('127.0.0.4', () => ({ code: 421, text: '4.7.0 too many messages, slow down' }))
    const calm = await receiver('127.0.0.2')
    const id = await send([...peopleAt('busy.test', 5), ...peopleAt('calm.test', 30)])
    expect(calm.taken).toHaveLength(30)
    const rows = await waiting(id)
    expect(rows.map(({ domain }) => domain)).toEqual(Array(5).fill('busy.test'))
    expect([...(await providerOf(id)).values()].filter(({ attempts }) => attempts > 0)).toHaveLength(30)
    expect(await receiverOf('busy.test')).toMatchObject({
      queued: 5,
      reason: { code: '4.7.0', text: expect.stringContaining('slow down') },
      shaping: { factor_percent: 50, allowed_per_hour: 1_800, full_at: expect.any(String) },
    })
    expect(await receiverOf('calm.test')).toMatchObject({
      accepted: 30,
      queued: 0,
      shaping: { factor_percent: 100 },
    })
    const provider = (await owner.get('/sending/providers')).body.data.find(
      (one: { kind: string }) => one.kind === 'mx',
    )
    expect(provider.state).toMatchObject({ circuit: 'closed', limiting: 'receiver busy.test deferring' })
    await app.advance(15 * 60 + 5 * 60)
    expect((await receiverOf('busy.test')).shaping.factor_percent).toBe(60)
  })

  test('a site gets what its limit allows, the others go on; the rest comes at its pace', async () => {
    zone['slow.test'] = { mx: [[10, 'mx.hoster.test']] }
    zone['slower.test'] = { mx: [[10, 'mx.hoster.test']] }
    zone['mx.hoster.test'] = { a: ['127.0.0.5'] }
    zone['quick.test'] = { a: ['127.0.0.2'] }
    const hoster = await receiver('127.0.0.5')
    const quick = await receiver('127.0.0.2')
    await ruleFor('hoster.test', { per_minute: 24, per_hour: null })
    const id = await send([
      ...peopleAt('slow.test', 3),
      ...peopleAt('slower.test', 3),
      ...peopleAt('quick.test', 20),
    ])
    expect(quick.taken).toHaveLength(20)
    expect(hoster.taken).toHaveLength(2)
    const rows = await waiting(id)
    expect(rows).toHaveLength(4)
    expect(rows.every(({ withheld }) => withheld === 'receiver limit 1440/h (hoster.test)')).toBe(true)
    expect(new Set(rows.map(({ seconds }) => seconds)).size).toBeGreaterThan(1)
    expect((await owner.get(`/campaigns/${id}`)).body.limiting_factor).toContain('receiver limit 1440/h')
    await app.advance(30)
    await drain(id)
    expect(hoster.taken.length).toBeGreaterThan(2)
    await app.advance(60)
    await drain(id)
    expect(hoster.taken).toHaveLength(6)
  })

  test('a domain that does not exist is a hard bounce, one whose servers are away is tried later', async () => {
    zone['away.test'] = { a: ['127.0.0.9'] }
    const id = await send([...peopleAt('nowhere.test', 1), ...peopleAt('away.test', 1)])
    const rows = await inLedger(id)
    expect(rows.get('nowhere.test')).toMatchObject({ state: 'rejected' })
    expect(rows.get('away.test')).toMatchObject({ state: 'planned', attempts: 1 })
  })
})

const inLedger = async (id: string) =>
  new Map([...(await providerOf(id))].map(([address, row]) => [address.split('@')[1] ?? '', row]))

describe('a relay', () => {
  test('is never slowed by a receiving site, until it is told to shape by receiver', async () => {
    zone['site.test'] = { mx: [[10, 'mx.site.test']] }
    await ruleFor('site.test', { per_hour: 60 })
    const relay = await receiver('127.0.0.3', () => undefined, 0)
    const config = { host: '127.0.0.3', port: relay.port, tls: 'none' }
    const id = await leadTo({ kind: 'smtp', config, limits: { per_day: 2_000_000 } })
    await send(peopleAt('site.test', 3))
    expect(relay.taken).toHaveLength(3)
    await owner.patch(`/sending/providers/${id}`, { shape_by_receiver: true })
    const shaped = await send(peopleAt('site.test', 3))
    expect(relay.taken).toHaveLength(4)
    expect(await waiting(shaped)).toHaveLength(2)
  })
})

test('mail for a receiving domain leaves by its own route, the rest by the usual one', async () => {
  const usual = await receiver('127.0.0.3', () => undefined, 0)
  const special = await receiver('127.0.0.6', () => undefined, 0)
  const usualId = await leadTo({ kind: 'smtp', config: { host: '127.0.0.3', port: usual.port, tls: 'none' } })
  const made = await owner.post('/sending/providers', {
    channel: 'email',
    kind: 'smtp',
    name: 'Special',
    config: { host: '127.0.0.6', port: special.port, tls: 'none' },
  })
  const route = await owner.post('/sending/routes', {
    channel: 'email',
    receiving_domain: 'Special.TEST.',
    providers: [{ provider_id: made.body.id }],
  })
  expect(route).toMatchObject({ status: 201, body: { receiving_domain: 'special.test' } })
  const id = await send([...peopleAt('special.test', 60), ...peopleAt('usual.test', 60)])
  expect([special.taken.length, usual.taken.length]).toEqual([60, 60])
  for (const [address, row] of await providerOf(id))
    expect(row).toMatchObject({
      state: 'accepted',
      provider_id: address.endsWith('@special.test') ? made.body.id : usualId,
    })
  await owner.patch(`/sending/providers/${made.body.id}`, { enabled: false })
  const held = await send([...peopleAt('special.test', 1), ...peopleAt('usual.test', 1)])
  expect(await waiting(held)).toMatchObject([{ domain: 'special.test', withheld: 'provider down' }])
  await owner.del(`/sending/routes/${route.body.id}`)
})

describe('limits of a receiver', () => {
  test('begin with those of large receivers and one for all others, which stays', async () => {
    const { data } = (await owner.get('/email/shaping')).body
    const rest = data.find(({ site }: { site: string }) => site === '*')
    expect(rest).toMatchObject({
      connections: 5,
      messages_per_connection: 20,
      per_minute: null,
      per_hour: 3_600,
      shipped: true,
    })
    expect(data.some(({ site }: { site: string }) => site === 'google.com')).toBe(true)
    expect(await owner.del(`/email/shaping/${rest.id}`)).toMatchObject({
      status: 403,
      body: { code: 'built_in' },
    })
    expect((await owner.patch(`/email/shaping/${rest.id}`, { per_hour: 7_200 })).body.per_hour).toBe(7_200)
  })

  test('are made with the usual values, changed and removed', async () => {
    const rule = await ruleFor('Żółw.PL.', {})
    expect(rule).toMatchObject({
      site: 'xn--w-uga1v8h.pl',
      connections: 5,
      per_hour: 3_600,
      shipped: false,
      version: 1,
    })
    const path = `/email/shaping/${rule.id}`
    const stale = await owner.patch(path, { connections: 2 }, { 'if-match': '"7"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'version_conflict' } })
    const changed = await owner.patch(path, { connections: 2, per_hour: null }, { 'if-match': '"1"' })
    expect(changed.body).toMatchObject({
      connections: 2,
      per_hour: null,
      messages_per_connection: 20,
      version: 2,
    })
    expect(await owner.post('/email/shaping', { site: 'xn--w-uga1v8h.pl' })).toMatchObject({
      status: 409,
      body: { code: 'duplicate' },
    })
    expect((await other.get(path)).status).toBe(404)
    expect((await other.patch(path, { connections: 1 })).status).toBe(404)
    expect((await nobody.get(path)).status).toBe(401)
    expect((await owner.del(path)).status).toBe(204)
    expect((await owner.get(path)).status).toBe(404)
  })

  test.each([
    [{ site: 'a.test', connections: 0 }, '/connections'],
    [{ site: 'a.test', connections: 51 }, '/connections'],
    [{ site: 'a.test', per_hour: 0 }, '/per_hour'],
    [{ site: 'not a site' }, '/site'],
    [{ connections: 3 }, '/site'],
  ])('cannot be %j', async (body, pointer) => {
    const answer = await owner.post('/email/shaping', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
    expect(answer.body.errors[0].pointer).toBe(pointer)
  })
})

test('answers over time are told of one receiver and of all, to nobody else', async () => {
  const all = (await owner.get('/email/receivers/timeline?hours=24')).body
  const one = (await owner.get('/email/receivers/timeline?hours=24&site=calm.test')).body
  const sum = ({ data }: { data: { accepted: number }[] }) =>
    data.reduce((total, slot) => total + slot.accepted, 0)
  expect(sum(one)).toBe(30)
  expect(sum(all)).toBeGreaterThan(150)
  expect(sum((await other.get('/email/receivers/timeline')).body)).toBe(0)
  expect((await other.get('/email/receivers')).body).toMatchObject({ data: [], totals: { accepted: 0 } })
})

test('health tells what runs, what waits and what comes next', async () => {
  const health = (await owner.get('/sending/health')).body
  expect(health).toMatchObject({
    state: 'stopped',
    last_tick_at: null,
    nodes: [],
    rows: { planned: expect.any(Number), claimed: 0, handed: 0, uncertain: 0 },
    uncertain_open: 0,
    next_action: { kind: expect.any(String), at: expect.any(String) },
  })
  expect(health.rows.planned).toBeGreaterThan(0)
  expect(health.circuits.find(({ kind }: { kind: string }) => kind === 'mx')).toMatchObject({
    circuit: 'closed',
    probe_at: null,
  })
  expect((await other.get('/sending/health')).body.rows.planned).toBe(0)
})
