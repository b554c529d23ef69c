import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { password, startTestApp } from '../../test/app.ts'
import { emitEvent } from '../events.ts'
import { answering, echo, startReceiver, verifies } from '../test/receiver.ts'
import { addProven, addWebhook, deliver, happen, later, logOf, removeWebhooks } from '../test/world.ts'

const lines: string[] = []
const app = await startTestApp({ env: { LOG_LEVEL: 'debug' }, log: (line) => void lines.push(line) })
const day = 86_400
afterEach(() => removeWebhooks(app))

describe('an event', () => {
  it('reaches every webhook that listens to it, signed, and no other', async () => {
    const [first, second, deaf] = [await startReceiver(), await startReceiver(), await startReceiver()]
    const made = await addProven(app, first.url)
    const exact = await addProven(app, second.url, { events: ['campaign.finished'] })
    await addProven(app, deaf.url, { events: ['contact.*'] })
    await happen(app, { data: { campaign_id: 'spring' }, sequence: 7 })
    await deliver(app)
    expect(deaf.live()).toEqual([])
    for (const [receiver, webhook] of [
      [first, made],
      [second, exact],
    ] as const) {
      const [one] = receiver.live()
      expect(one?.body).toMatchObject({
        type: 'campaign.finished',
        account_id: app.accountId,
        sequence: 7,
        data: { campaign_id: 'spring' },
      })
      expect(one?.headers['webhook-id']).toBe(one?.body.id)
      expect(one?.headers).not.toHaveProperty('webhook-replay')
      expect(one && verifies(webhook.secret, one)).toBe(true)
    }
    expect(first.live()[0]?.headers['webhook-signature']).not.toBe(
      second.live()[0]?.headers['webhook-signature'],
    )
    expect(await logOf(app, made.id)).toMatchObject([
      { attempt: 1, status: 200, state: 'succeeded', target: 'primary' },
    ])
  })

  it('that is rolled back is never told', async () => {
    const receiver = await startReceiver()
    await addProven(app, receiver.url)
    const failing = inAccount(app.db, app.accountId, async (trx) => {
      await emitEvent(trx, app.accountId, { type: 'campaign.failed', data: {} })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    await deliver(app)
    expect(receiver.live()).toEqual([])
  })

  it('waits until the webhook is proven', async () => {
    const receiver = await startReceiver()
    const { id } = await addWebhook(app.owner, receiver.url)
    await happen(app)
    await deliver(app)
    expect(receiver.received).toEqual([])
    expect(await logOf(app, id)).toMatchObject([{ state: 'waiting', status: null }])
    await app.nobody.post('/test/reset-limits')
    expect((await app.owner.post(`/webhooks/${id}/test`)).body.proven).toBe(true)
    await deliver(app)
    expect(receiver.live()).toHaveLength(1)
  })

  it('waits seven days and no longer', async () => {
    const receiver = await startReceiver()
    const { id } = await addWebhook(app.owner, receiver.url)
    await happen(app)
    await later(app, 7 * day - 60)
    expect(await logOf(app, id)).toMatchObject([{ state: 'waiting' }])
    await later(app, 3_660)
    expect(await logOf(app, id)).toMatchObject([{ state: 'expired' }])
  })

  it('of another account is not told here', async () => {
    const receiver = await startReceiver()
    await addProven(app, receiver.url)
    await happen(app, {}, app.otherAccountId)
    await Promise.all([deliver(app), deliver(app, app.otherAccountId)])
    expect(receiver.live()).toEqual([])
  })

  it('tells no personal data where ids are enough', async () => {
    const receiver = await startReceiver()
    await addProven(app, receiver.url, { personal_data: 'ids', events: ['security.*'] })
    await happen(app, {
      type: 'security.sign_in_denied',
      data: { actor_id: 'x', address: '203.0.113.7' },
    })
    await deliver(app)
    expect(receiver.live()[0]?.body.data).toEqual({ actor_id: 'x' })
  })

  it('is held while the entitlement is withdrawn, and nothing is lost', async () => {
    const receiver = await startReceiver()
    await addProven(app, receiver.url)
    const grant = (value: boolean) =>
      inAccount(app.db, app.accountId, (trx) =>
        trx
          .insertInto('entitlement_overrides')
          .values({ account_id: app.accountId, key: 'webhooks', value: JSON.stringify(value) })
          .onConflict((conflict) =>
            conflict.columns(['account_id', 'key']).doUpdateSet({ value: JSON.stringify(value) }),
          )
          .execute(),
      )
    await grant(false)
    await happen(app, { data: { n: 1 } })
    await happen(app, { data: { n: 2 } })
    await deliver(app)
    expect(receiver.live()).toEqual([])
    await grant(true)
    await deliver(app)
    expect(
      receiver
        .live()
        .map(({ body }) => body.data['n'])
        .toSorted(),
    ).toEqual([1, 2])
  })
})

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

describe('a receiver', () => {
  it('that moves to a private network is not called', async () => {
    const receiver = await startReceiver()
    const records = { 'shop.example.com': [['127.0.0.1'], ['127.0.0.1'], ['10.0.0.5']] }
    await app.nobody.post('/test/dns', { records })
    const { id } = await addProven(app, `http://shop.example.com:${receiver.port}/`)
    await happen(app)
    await deliver(app)
    expect(receiver.live()).toEqual([])
    expect((await logOf(app, id))[1]).toMatchObject({ failure: 'url_refused', status: null, state: 'failed' })
  })

  it('that sends elsewhere is not followed', async () => {
    const [receiver, elsewhere] = [await startReceiver(), await startReceiver()]
    const { id } = await addProven(app, receiver.url)
    receiver.answer((_received, response) => response.writeHead(302, { location: elsewhere.url }).end())
    await happen(app)
    await deliver(app)
    expect(elsewhere.received).toEqual([])
    expect((await logOf(app, id))[1]).toMatchObject({ status: 302, state: 'failed' })
  })

  it('that answers with a bomb fills no memory', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url)
    const bomb = gzipSync(Buffer.alloc(50_000_000))
    receiver.answer((_received, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    )
    await happen(app)
    await deliver(app)
    expect((await logOf(app, id))[1]).toMatchObject({ failure: 'answer_unreadable', excerpt: '' })
  })

  it('is quoted with one KiB, whole characters, without NUL and without what it was given', async () => {
    const receiver = await startReceiver()
    const { id } = await addProven(app, receiver.url, {
      auth: { type: 'bearer', token: 'very-secret-token' },
    })
    receiver.answer(({ headers }, response) => {
      response.setHeader('set-cookie', 'never-stored=1')
      response.end(`x\u0000${headers.authorization}${'ü'.repeat(5_000)}`)
    })
    await happen(app)
    await deliver(app)
    const [line] = await logOf(app, id)
    const excerpt = String(line?.excerpt)
    expect(Buffer.byteLength(excerpt)).toBeLessThanOrEqual(1_024)
    expect(excerpt).toMatch(/^x\ufffdBearer \*\*\*ü+$/)
    const { rows } = await inAccount(app.db, app.accountId, async (trx) => ({
      rows: JSON.stringify(await trx.selectFrom('webhook_deliveries').selectAll().execute()),
    }))
    expect(rows).not.toMatch(/never-stored|very-secret-token/)
    expect(lines.join('\n')).not.toContain('very-secret-token')
  })

  it('that is slow delays nobody but itself', { timeout: 30_000 }, async () => {
    const [slow, quick] = [await startReceiver(), await startReceiver()]
    await addProven(app, slow.url)
    await addProven(app, quick.url)
    const held = Promise.withResolvers<void>()
    slow.answer((_received, response) => void held.promise.then(() => response.end()))
    for (let n = 0; n < 8; n += 1) await happen(app)
    const delivering = deliver(app)
    await vi.waitFor(() => expect(quick.live()).toHaveLength(8), 10_000)
    expect(slow.live().length).toBeLessThanOrEqual(2)
    held.resolve()
    await delivering
    expect(slow.live()).toHaveLength(8)
  })
})

describe('two workers', () => {
  it('send an event once', async () => {
    const receiver = await startReceiver()
    await addProven(app, receiver.url)
    for (let n = 0; n < 6; n += 1) await happen(app)
    const other = { ...app, deps: { ...app.deps } }
    await Promise.all([deliver(app), deliver(other), deliver(app)])
    const ids = receiver.live().map(({ headers }) => headers['webhook-id'])
    expect([ids.length, new Set(ids).size]).toEqual([6, 6])
  })
})

describe('a new secret', () => {
  it('signs beside the former one for 24 hours', async () => {
    const receiver = await startReceiver()
    const { id, secret } = await addProven(app, receiver.url)
    await app.owner.stepUp()
    const rotated = await app.owner.post(`/webhooks/${id}/rotate-secret`)
    expect(rotated.body.secret).not.toBe(secret)
    expect((await app.owner.get(`/webhooks/${id}`)).body).toMatchObject({
      proven: false,
      rotation_until: rotated.body.old_secret_until,
    })
    await app.nobody.post('/test/reset-limits')
    await app.owner.post(`/webhooks/${id}/test`)
    await happen(app)
    await deliver(app)
    const [during] = receiver.live()
    expect([secret, rotated.body.secret].map((one) => during && verifies(one, during))).toEqual([true, true])
    await later(app, day + 1)
    await happen(app)
    await deliver(app)
    const after = receiver.live()[1]
    expect([secret, rotated.body.secret].map((one) => after && verifies(one, after))).toEqual([false, true])
  })
})

it('the log of another account is as if it never was', async () => {
  const receiver = await startReceiver()
  const { id } = await addProven(app, receiver.url)
  await happen(app)
  await deliver(app)
  await app.other.post('/sign-in', { login: 'owner@other.test', password })
  await app.other.stepUp()
  for (const path of [`/webhooks/${id}`, `/webhooks/${id}/deliveries`]) {
    expect((await app.other.get(path)).body.code).toBe('not_found')
  }
  for (const act of ['test', 'replay', 'rotate-secret']) {
    const answer = await app.other.post(`/webhooks/${id}/${act}`, act === 'replay' ? { state: 'dead' } : {})
    expect([act, answer.status]).toEqual([act, 404])
  }
})
