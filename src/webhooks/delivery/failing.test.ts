import { afterEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { startTestApp } from '../../test/app.ts'
import { answering, echo, startReceiver, verifies } from '../test/receiver.ts'
import { addProven, deliver, happen, later, logOf, removeWebhooks } from '../test/world.ts'

const app = await startTestApp()
const day = 86_400
afterEach(() => removeWebhooks(app))

describe('an attempt that fails', () => {
  it('is repeated by the rule with the same id and body, a new time and a new signature', async () => {
    const receiver = await startReceiver()
    const { id, secret } = await addProven(app, receiver.url)
    receiver.answer(answering(503, 'later'))
    await happen(app)
    await deliver(app)
    await deliver(app)
    expect(receiver.live()).toHaveLength(1)
    for (const seconds of [5, 60, 300]) {
      await later(app, seconds + 1)
      await deliver(app)
    }
    receiver.answer(echo)
    await later(app, 1_801)
    await deliver(app)
    const calls = receiver.live()
    expect(calls).toHaveLength(5)
    expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(calls.map(({ raw }) => raw)).size).toBe(1)
    expect(new Set(calls.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5)
    expect(calls.every((call) => verifies(secret, call))).toBe(true)
    const log = await logOf(app, id)
    expect(log.map(({ attempt, state }) => [attempt, state])).toEqual([
      [5, 'succeeded'],
      [4, 'failed'],
      [3, 'failed'],
      [2, 'failed'],
      [1, 'failed'],
    ])
    expect(log[1]).toMatchObject({ status: 503, excerpt: 'later' })
    expect((await app.owner.get(`/webhooks/${id}`)).body).toMatchObject({
      failing_since: null,
      success_rate: 0.2,
    })
  })

  it('ends as a dead letter, which a replay sends once more under its own id', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url, { retry_rule: 'B' })
    receiver.answer(answering(500))
    await happen(app)
    await deliver(app)
    for (const seconds of [1_801, 7_201, 86_401]) {
      await later(app, seconds)
      await deliver(app)
    }
    expect((await app.owner.get(`/webhooks/${id}`)).body).toMatchObject({ dead_letters: 1, last_status: 500 })
    expect((await logOf(app, id, '?state=dead')).map(({ attempt }) => attempt)).toEqual([4])
    await later(app, day)
    await deliver(app)
    expect(receiver.live()).toHaveLength(4)
    receiver.answer(echo)
    expect((await app.owner.post(`/webhooks/${id}/replay`, { state: 'dead' })).body).toEqual({ queued: 1 })
    expect((await app.owner.post(`/webhooks/${id}/replay`, { event: 'campaign.*' })).body).toEqual({
      queued: 0,
    })
    await deliver(app)
    const calls = receiver.live()
    expect(calls).toHaveLength(5)
    expect(calls[4]?.headers).toMatchObject({
      'webhook-replay': 'true',
      'webhook-id': calls[0]?.headers['webhook-id'],
    })
    expect((await app.owner.get(`/webhooks/${id}`)).body).toMatchObject({ dead_letters: 0 })
  })

  it('is tried at the second address at once', async () => {
    const [primary, secondary] = [await startReceiver(), await startReceiver()]
    const { id } = await addProven(app, primary.url, { secondary_url: secondary.url })
    primary.answer(answering(500))
    await happen(app)
    await deliver(app)
    expect(secondary.live()[0]?.headers['webhook-id']).toBe(primary.live()[0]?.headers['webhook-id'])
    expect(
      (await logOf(app, id)).map(({ target, attempt, state, status }) => [target, attempt, state, status]),
    ).toEqual([
      ['secondary', 1, 'succeeded', 200],
      ['primary', 1, 'failed', 500],
    ])
  })

  it('after three days switches the webhook off, by mail, and keeps what waits', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    receiver.answer(answering(500))
    await happen(app)
    await deliver(app)
    await later(app, 3 * day + 3_600)
    const { body } = await app.owner.get(`/webhooks/${id}`)
    expect(body).toMatchObject({ enabled: false, disabled_reason: 'failing' })
    const mails = await app.nobody.get('/test/outbox?kind=webhook_disabled')
    expect(mails.body.data.length).toBeGreaterThan(0)
    const log = await app.owner.get(`/audit-log?action=webhook.disabled&object_id=${id}`)
    expect(log.body.data).toMatchObject([{ reason: 'failing', actor: { type: 'system' } }])
    expect(await logOf(app, id, '?state=waiting')).toHaveLength(1)
    receiver.answer(echo)
    await app.owner.stepUp()
    expect((await app.owner.patch(`/webhooks/${id}`, { enabled: true })).body).toMatchObject({ proven: true })
    await deliver(app)
    expect(receiver.live()).toHaveLength(2)
  })

  it('with 410 switches the webhook off at once', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    receiver.answer(answering(410))
    await happen(app)
    await deliver(app)
    expect((await app.owner.get(`/webhooks/${id}`)).body).toMatchObject({
      enabled: false,
      disabled_reason: 'gone',
    })
  })
})

describe('sending again', () => {
  it('takes one delivery, a filter or a period, and nothing without a wish', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    await happen(app)
    await happen(app, { type: 'campaign.paused' })
    await deliver(app)
    const log = await logOf(app, id)
    const again = async (wish: object) => (await app.owner.post(`/webhooks/${id}/replay`, wish)).body.queued
    expect(await again({ delivery_ids: [log[0]?.id] })).toBe(1)
    await deliver(app)
    expect(await again({ event: 'campaign.paused', state: 'succeeded' })).toBe(1)
    await deliver(app)
    const now = app.deps.clock.now().getTime()
    const at = (seconds: number) => new Date(now + seconds * 1_000).toISOString()
    expect(await again({ from: at(-3_600), to: at(60) })).toBe(2)
    expect(await again({ from: at(3_600) })).toBe(0)
    await deliver(app)
    expect(receiver.live()).toHaveLength(6)
    const empty = await app.owner.post(`/webhooks/${id}/replay`, {})
    expect([empty.status, empty.body.code]).toEqual([422, 'validation_failed'])
    for (const wish of [{ from: '2026-02-30T00:00:00.000Z' }, { event: 'nothing.*' }, { state: 'waiting' }])
      expect((await app.owner.post(`/webhooks/${id}/replay`, wish)).status).toBe(422)
  })

  it('ends with the log, after 30 days', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    await happen(app)
    await deliver(app)
    await later(app, 30 * day + 3_600)
    expect((await app.owner.get(`/webhooks/${id}/deliveries`)).body.data).toEqual([])
    expect((await app.owner.post(`/webhooks/${id}/replay`, { event: 'campaign.*' })).body).toEqual({
      queued: 0,
    })
    const left = await inAccount(app.db, app.accountId, (trx) =>
      Promise.all([
        trx.selectFrom('webhook_events').selectAll().execute(),
        trx.selectFrom('webhook_deliveries').selectAll().execute(),
      ]),
    )
    expect(left).toEqual([[], []])
  })
})
