import { afterEach, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { password, startTestApp } from '../../test/app.ts'
import { emitEvent } from '../events.ts'
import { startReceiver, verifies } from '../test/receiver.ts'
import { addProven, addWebhook, deliver, happen, later, logOf, removeWebhooks } from '../test/world.ts'

const app = await startTestApp()
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
