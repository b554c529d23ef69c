import { afterAll, describe, expect, it } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { openHub } from '../../live/index.ts'
import { startTestApp } from '../../test/app.ts'
import { makeRun, plainSource, planRun, routeWith, type Submit } from '../../test/run.ts'
import { planTransactional, runMonthOf, type Sender, startSender } from '../index.ts'
import { drainChunk, type Engine } from './drain.ts'
import { bucketsFor, takeAllowance } from './limits/limits.ts'
import type { SourceHead } from './sources/queries.ts'

const app = await startTestApp()
const { deps, accountId } = app
const hub = openHub(app.urls.app, deps.log)
const senders: Sender[] = []
afterAll(async () => {
  for (const sender of senders) await sender.close()
  await hub.close()
})

const addresses = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, index) => `${prefix}${index}@example.org`)
const aRun = async (prefix: string, n: number, change: Record<string, number> = {}) => {
  const id = await makeRun(app, addresses(prefix, n))
  await planRun(app, id)
  if (Object.keys(change).length > 0) {
    await inAccount(app.db, accountId, (trx) =>
      trx
        .updateTable('campaigns')
        .set(change)
        .where('account_id', '=', accountId)
        .where('id', '=', id)
        .execute(),
    )
  }
  return id
}
const planUrgent = (priority: 'urgent' | 'normal') => {
  const messageId = uuidV7(deps.clock.now())
  return inAccount(app.db, accountId, (trx) =>
    planTransactional(trx, {
      accountId,
      sourceId: uuidV7(deps.clock.now()),
      messageId,
      runMonth: runMonthOf(deps.clock.now()),
      contactId: null,
      address: `${priority}@example.org`,
      addressHash: Buffer.from(messageId),
      revision: 1,
      priority,
    }),
  )
}
const acceptAll: Submit = async (batch, context) => {
  for (const { messageId } of batch)
    context.report(messageId, { kind: 'accepted', providerRef: null, text: '250' })
}

describe('lanes', () => {
  it('let a code through while every worker of the campaigns stands in a slow relay', async () => {
    const campaigns = await Promise.all(
      ['one', 'two', 'three', 'four', 'five'].map((name) => aRun(name, 300)),
    )
    const handed: string[] = []
    let release: () => void = () => {}
    const relayIsSlow = new Promise<void>((resolve) => {
      release = resolve
    })
    const submit: Submit = async (batch, context) => {
      handed.push(...batch.map((message) => message.recipient))
      if (batch[0] && campaigns.includes(batch[0].sourceId)) await relayIsSlow
      await acceptAll(batch, context)
    }
    const routes = campaigns.map((_, n) => ({ ...routeWith(submit), providerId: uuidV7(new Date(n)) }))
    senders.push(
      startSender(deps, {
        nodeId: uuidV7(deps.clock.now()),
        hub,
        sources: { campaign: plainSource, transactional: { ...plainSource, kind: 'transactional' } },
        resolveRoutes: async () => routes,
      }),
    )
    await expect.poll(() => handed.length, { timeout: 10_000 }).toBeGreaterThanOrEqual(4 * 150)
    await planUrgent('normal')
    await planUrgent('urgent')
    await expect.poll(() => handed, { timeout: 10_000 }).toContain('urgent@example.org')
    await expect.poll(() => handed, { timeout: 10_000 }).toContain('normal@example.org')
    // No campaign has got its first answer yet.
    const before = handed.length
    expect(before).toBeLessThan(5 * 300)
    release()
    await expect.poll(() => handed.length, { timeout: 20_000 }).toBe(5 * 300 + 2)
    expect(new Set(handed).size).toBe(handed.length)
    await senders.pop()?.close()
  }, 60_000)
})

describe('rates', () => {
  const head = (given: Partial<SourceHead> = {}): SourceHead => ({
    sourceId: '00000000-0000-7000-8000-00000000cccc',
    kind: 'campaign',
    runMonth: '2026-01-01',
    open: true,
    gateOpen: true,
    revision: 1,
    throttlePerHour: null,
    topicId: null,
    senderId: null,
    groupIds: [],
    lane: 3,
    ...given,
  })
  const routeAt = (limits: object, n: number) => ({
    ...routeWith(acceptAll),
    providerId: `00000000-0000-7000-8000-00000000000${n}`,
    limits: { per_second: null, per_minute: null, per_hour: null, per_day: null, ...limits },
  })
  const take = (of: SourceHead, route: ReturnType<typeof routeAt>, wanted: number) =>
    inAccount(app.db, accountId, (trx) => takeAllowance(trx, accountId, bucketsFor(of, route), wanted))

  it('let at most a tenth more than the throttle through in any minute, with several nodes at once', async () => {
    const id = await aRun('throttled', 400, { throttle_per_hour: 3_600 })
    const at: number[] = []
    const submit: Submit = async (batch, context) => {
      at.push(...batch.map(() => deps.clock.now().getTime()))
      await acceptAll(batch, context)
    }
    const engines = Array.from(
      { length: 3 },
      (): Engine => ({
        deps,
        nodeId: uuidV7(deps.clock.now()),
        sources: { campaign: plainSource },
        resolveRoutes: async () => [routeWith(submit)],
        signal: new AbortController().signal,
        closedGates: new Set(),
      }),
    )
    for (let step = 0; step < 60; step += 1) {
      await Promise.all(
        engines.map((engine) => drainChunk(engine, { accountId, sourceId: id, kind: 'campaign' })),
      )
      await app.advance(step % 7 === 6 ? 20 : 2)
    }
    const inMinute = at.map((from) => at.filter((time) => time >= from && time < from + 60_000).length)
    expect(Math.max(...inMinute)).toBeLessThanOrEqual(66)
    expect(at.length).toBeGreaterThan(100)
  }, 60_000)

  it.each([
    ['campaign throttle 60/h', head({ throttlePerHour: 60 }), {}, 1],
    ['campaign throttle 200000/h', head({ throttlePerHour: 200_000 }), {}, 166],
    ['provider limit 50/s', head(), { per_second: 50 }, 8],
    ['provider limit 50/s', head({ lane: 0 }), { per_second: 50 }, 10],
    ['provider limit 600/min', head(), { per_minute: 600 }, 24],
    ['provider limit 10/day', head(), { per_second: 500, per_day: 10 }, 1],
  ])('name what limits: %s', async (name, of, limits, most) => {
    const n = Math.round(Math.random() * 1e6)
    const source = { ...of, sourceId: uuidV7(deps.clock.now()) }
    const route = {
      ...routeAt(limits, 0),
      providerId: `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    }
    // A bucket begins with one message; after a while it is full.
    expect((await take(source, route, 1)).rows).toBe(1)
    await app.advance(100_000)
    const full = await take(source, route, 1_000)
    expect(full).toMatchObject({ limitedBy: name, rows: most })
  })

  it('keep a fifth of the provider for codes and transactional messages', async () => {
    const route = routeAt({ per_minute: 600 }, 7)
    await take(head(), route, 1)
    await app.advance(10)
    expect((await take(head(), route, 1_000)).rows).toBe(24)
    expect((await take(head(), route, 1_000)).rows).toBe(0)
    expect((await take(head({ lane: 1 }), route, 1_000)).rows).toBe(6)
  })

  it('give back to the wider bucket what the narrower one does not let pass', async () => {
    const route = routeAt({ per_minute: 600, per_day: 86_400 }, 8)
    await take(head(), route, 1)
    await app.advance(60)
    const first = await take(head(), route, 1_000)
    expect(first.limitedBy).toBe('provider limit 86400/day')
    const only = await take(
      head({ sourceId: uuidV7(deps.clock.now()) }),
      routeAt({ per_minute: 600 }, 8),
      1_000,
    )
    expect(only.rows + first.rows).toBe(24)
  })

  it('share a provider between campaigns by their weights', async () => {
    const counts = { light: 0, heavy: 0 }
    const light = await aRun('light', 400, { weight: 1 })
    const heavy = await aRun('heavy', 400, { weight: 4 })
    const submit: Submit = async (batch, context) => {
      for (const message of batch) {
        if (message.sourceId === light) counts.light += 1
        if (message.sourceId === heavy) counts.heavy += 1
      }
      await acceptAll(batch, context)
    }
    const route = { ...routeWith(submit), limits: { ...routeWith(submit).limits, per_second: 200 } }
    senders.push(
      startSender(deps, {
        nodeId: uuidV7(deps.clock.now()),
        hub,
        sources: { campaign: plainSource },
        resolveRoutes: async () => [route],
      }),
    )
    await expect.poll(() => counts.heavy, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(300)
    expect(counts.light).toBeLessThan(counts.heavy / 2)
    expect(counts.light).toBeGreaterThan(0)
  }, 60_000)
})
