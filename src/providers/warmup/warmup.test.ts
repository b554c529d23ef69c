import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { makeRun, planRun } from '../../test/run.ts'
import { peopleAt, startReceivers } from '../test/receivers.ts'

const world = await startReceivers()
const { app, zone, receiver, send, drain, waiting, providerOf, leadTo } = world
const { owner, other, nobody, deps, accountId } = app

const senderDomain = await inAccount(deps.db, accountId, async (trx) => {
  const row = await trx
    .selectFrom('sender_identities')
    .select('value')
    .where('account_id', '=', accountId)
    .where('is_default', '=', true)
    .executeTakeFirstOrThrow()
  return row.value.split('@')[1] ?? ''
})
const plan = async (given: object = {}) => {
  const body = {
    subject_kind: 'sender_domain',
    subject: senderDomain,
    target_per_day: 1_000,
    days: 30,
    ...given,
  }
  const answer = await owner.post('/email/warmups', body)
  expect(answer.status, answer.raw).toBe(201)
  return answer.body
}
const planned = async (id: string) => (await owner.get(`/email/warmups/${id}`)).body
const remove = (id: string) => owner.del(`/email/warmups/${id}`)

const clicked = (address: string) =>
  inAccount(deps.db, accountId, async (trx) => {
    await sql`insert into tracking_hits (account_id, id, campaign_id, message_id, contact_id, kind, method)
      select ${accountId}, uuid_v7(), ${uuidV7(deps.clock.now())}, uuid_v7(), id, 'click', 'GET' from contacts
      where account_id = ${accountId} and email = ${address}`.execute(trx)
  })

zone['warm.test'] = { a: ['127.0.0.2'] }

describe('a warm-up of a sender domain', () => {
  test('lets a day’s worth go, the most engaged first; the rest goes the next days', async () => {
    await leadTo({ kind: 'mx', config: {} })
    const { taken } = await receiver('127.0.0.2')
    const { id } = await plan({ start_per_day: 4, growth: 1.5 })
    const people = peopleAt('warm.test', 20)
    const run = await makeRun(app, people)
    const keen = [people[7], people[13], people[19]].map(String)
    for (const address of keen) await clicked(address)
    await planRun(app, run)
    await drain(run)
    expect(taken).toHaveLength(4)
    expect(taken).toEqual(expect.arrayContaining(keen))
    const rest = await waiting(run)
    expect(rest).toHaveLength(16)
    expect(new Set(rest.map(({ withheld }) => withheld))).toEqual(new Set([`warm-up ${senderDomain}: 4/day`]))
    expect(await planned(id)).toMatchObject({ state: 'active', today: { n: 1, cap: 4, sent: 4, open: 0 } })
    await drain(run)
    expect(taken).toHaveLength(4)
    const wait = Math.max(...rest.map(({ seconds }) => seconds))
    expect(wait).toBeLessThanOrEqual(86_400)
    await world.advance(wait + 1)
    await drain(run)
    expect(taken).toHaveLength(10)
    expect(await planned(id)).toMatchObject({
      today: { n: 2, cap: 6, sent: 6 },
      schedule: expect.arrayContaining([{ n: 1, day: expect.any(String), cap: 4, sent: 4 }]),
    })
    await owner.patch(`/email/warmups/${id}`, { start_per_day: 1_000 })
    await drain(run)
    expect(taken).toHaveLength(20)
    await remove(id)
  })

  test('two campaigns at once stay within one day', async () => {
    await leadTo({ kind: 'mx', config: {} })
    const { taken } = await receiver('127.0.0.2')
    const { id } = await plan({ start_per_day: 10 })
    await Promise.all([send(peopleAt('warm.test', 15)), send(peopleAt('warm.test', 15))])
    expect(taken).toHaveLength(10)
    await remove(id)
  })

  test('several senders at one campaign stay within the day and never in each other’s way', async () => {
    await leadTo({ kind: 'mx', config: {} })
    const { taken } = await receiver('127.0.0.2')
    const { id } = await plan({ start_per_day: 30 })
    const run = await makeRun(app, peopleAt('warm.test', 2_500))
    await planRun(app, run)
    await Promise.all([drain(run), drain(run), drain(run)])
    await drain(run)
    expect(taken).toHaveLength(30)
    expect(await waiting(run)).toHaveLength(2_470)
    await remove(id)
  })

  test('sends the rest by the established provider where that is wanted', async () => {
    await leadTo({ kind: 'mx', config: {} })
    const direct = await receiver('127.0.0.2')
    const relay = await receiver('127.0.0.3', () => undefined, 0)
    const config = { host: '127.0.0.3', port: relay.port, tls: 'none' }
    const made = await owner.post('/sending/providers', {
      channel: 'email',
      kind: 'smtp',
      name: 'Old relay',
      config,
    })
    const { id } = await plan({
      start_per_day: 5,
      rest: 'established',
      established_provider_id: made.body.id,
    })
    const run = await send(peopleAt('warm.test', 25))
    expect([direct.taken.length, relay.taken.length]).toEqual([5, 20])
    const byProvider = [...(await providerOf(run)).values()].filter((row) => row.provider_id === made.body.id)
    expect(byProvider).toHaveLength(20)
    expect(await planned(id)).toMatchObject({ today: { sent: 5, diverted: 20 } })
    await remove(id)
  })

  test('stops itself on a day with too many hard bounces, and goes on when it is told to', async () => {
    await leadTo({ kind: 'mx', config: {} })
    await receiver('127.0.0.2', (recipient) =>
      recipient.startsWith('gone') ? { code: 550, text: '5.1.1 no such user' } : undefined,
    )
    const { id } = await plan({ start_per_day: 60 })
    const gone = peopleAt('warm.test', 5).map((address) => `gone${address}`)
    await send([...gone, ...peopleAt('warm.test', 55)])
    expect(await planned(id)).toMatchObject({
      state: 'stopped',
      stop_reason: 'hard_bounces',
      today: { cap: 0 },
    })
    const held = await send(peopleAt('warm.test', 3))
    expect(await waiting(held)).toMatchObject(Array(3).fill({ withheld: `warm-up ${senderDomain} stopped` }))
    await world.advance(86_400)
    const resumed = await owner.patch(`/email/warmups/${id}`, { state: 'active' })
    expect(resumed.body).toMatchObject({ state: 'active', stop_reason: null, today: { n: 1, cap: 60 } })
    await drain(held)
    expect(await waiting(held)).toHaveLength(0)
    await remove(id)
  })

  test('holds nothing back at a relay that is not shaped, and ends after its days', async () => {
    const relay = await receiver('127.0.0.3', () => undefined, 0)
    await leadTo({ kind: 'smtp', config: { host: '127.0.0.3', port: relay.port, tls: 'none' } })
    const { id } = await plan({ start_per_day: 1, days: 2 })
    await send(peopleAt('warm.test', 5))
    expect(relay.taken).toHaveLength(5)
    await world.advance(2 * 86_400)
    expect(await planned(id)).toMatchObject({ state: 'finished', today: null })
    expect(await owner.patch(`/email/warmups/${id}`, { days: 9 })).toMatchObject({
      status: 409,
      body: { code: 'not_active' },
    })
    await remove(id)
  })
})

describe('a plan', () => {
  test('has a start of 200 and a growth of 1.5 unless told otherwise', async () => {
    const made = await plan({ subject: 'New.Example.COM' })
    expect(made).toMatchObject({
      subject: 'new.example.com',
      start_per_day: 200,
      growth: 1.5,
      rest: 'wait',
      state: 'active',
    })
    expect(made.schedule.slice(0, 4).map(({ cap }: { cap: number }) => cap)).toEqual([200, 300, 450, 675])
    expect(made.schedule).toHaveLength(30)
    const path = `/email/warmups/${made.id}`
    const again = { subject_kind: 'sender_domain', subject: 'new.example.com', target_per_day: 500, days: 3 }
    expect(await owner.post('/email/warmups', again)).toMatchObject({
      status: 409,
      body: { code: 'duplicate' },
    })
    expect((await owner.patch(path, { state: 'stopped' })).body).toMatchObject({
      state: 'stopped',
      stop_reason: 'person',
    })
    expect((await owner.patch(path, { days: 4 }, { 'if-match': '"1"' })).status).toBe(412)
    expect((await other.get(path)).status).toBe(404)
    expect((await other.del(path)).status).toBe(404)
    expect((await nobody.post('/email/warmups', again)).status).toBe(401)
    expect((await owner.get('/email/warmups')).body.data.map(({ id }: { id: string }) => id)).toContain(
      made.id,
    )
    expect((await remove(made.id)).status).toBe(204)
  })

  test('of a source address needs a provider that comes from there', async () => {
    const body = { subject_kind: 'source_ip', subject: '127.0.0.21', target_per_day: 500, days: 3 }
    expect(await owner.post('/email/warmups', body)).toMatchObject({ status: 422 })
    await leadTo({ kind: 'mx', config: { source_addresses: ['127.0.0.21'] } })
    const { taken } = await receiver('127.0.0.2')
    const { id } = await plan({ ...body, start_per_day: 2 })
    await send(peopleAt('warm.test', 5))
    expect(taken).toHaveLength(2)
    await remove(id)
  })

  test.each([
    [{ target_per_day: 100 }, '/target_per_day'],
    [{ growth: 0.9 }, '/growth'],
    [{ days: 0 }, '/days'],
    [{ subject: 'not a domain' }, '/subject'],
    [{ subject_kind: 'source_ip', subject: 'acme.test' }, '/subject'],
    [{ rest: 'established' }, '/established_provider_id'],
    [{ established_provider_id: '01900000-0000-7000-8000-000000000000' }, '/established_provider_id'],
    [
      { rest: 'established', established_provider_id: '01900000-0000-7000-8000-000000000000' },
      '/established_provider_id',
    ],
  ])('cannot be %j', async (given, pointer) => {
    const body = {
      subject_kind: 'sender_domain',
      subject: 'x.example.com',
      target_per_day: 1_000,
      days: 30,
      ...given,
    }
    const answer = await owner.post('/email/warmups', body)
    expect(answer).toMatchObject({ status: 422, body: { code: 'validation_failed' } })
    expect(answer.body.errors[0].pointer).toBe(pointer)
  })
})
