import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { inAccount } from '../db/pool.ts'
import { startTestApp } from '../test/app.ts'
import { aSentCampaign } from '../test/sent-campaign.ts'

const app = await startTestApp()
const pathOf = (url: string): string => url.slice(app.deps.config.contentUrl.length)
const visit = (url: string, method: 'GET' | 'HEAD' = 'GET', headers: Record<string, string> = {}) =>
  app.content.inject({ method, url: url.startsWith('http') ? pathOf(url) : url, headers })

const hitsOf = (messageId: string) =>
  inAccount(app.db, app.accountId, (trx) =>
    trx
      .selectFrom('tracking_hits')
      .selectAll()
      .where('account_id', '=', app.accountId)
      .where('message_id', '=', messageId)
      .orderBy('at')
      .execute(),
  )
const eventsOf = (messageId: string) =>
  inAccount(app.db, app.accountId, (trx) =>
    trx
      .selectFrom('message_events')
      .selectAll()
      .where('account_id', '=', app.accountId)
      .where('message_id', '=', messageId)
      .orderBy('at')
      .execute(),
  )

const target = 'https://shop.example/spring?a=1&b=ż#top'
const campaign = await aSentCampaign(app, {
  messages: [
    { email: 'ann@example.com' },
    { email: 'bob@example.com' },
    { email: 'cid@example.com' },
    { email: 'dan@example.com' },
  ],
  targets: [target, 'https://shop.example/imprint', 'javascript:alert(1)'],
})
const [ann, bob, cid, dan] = campaign.messages
if (!ann || !bob || !cid || !dan) throw new Error('four messages were asked for')

describe('an open', () => {
  test('answers a picture that nobody keeps and is there before the answer', async () => {
    const answer = await visit(ann.links.openPixelUrl, 'GET', {
      'user-agent': 'Mail/1.0',
      'accept-language': 'pl',
    })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toBe('image/gif')
    expect(answer.rawPayload.subarray(0, 6).toString()).toBe('GIF89a')
    expect(answer.headers['cache-control']).toContain('no-store')
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(await hitsOf(ann.messageId)).toMatchObject([
      {
        kind: 'open',
        method: 'GET',
        campaign_id: campaign.campaignId,
        contact_id: ann.contactId,
        ip_trunc: '127.0.0.0/24',
        user_agent: 'Mail/1.0',
        headers: { 'accept-language': 'pl' },
      },
    ])
  })

  test('is kept every time, HEAD and a path without ending too', async () => {
    await visit(bob.links.openPixelUrl)
    await visit(bob.links.openPixelUrl)
    await visit(bob.links.openPixelUrl, 'HEAD')
    await visit(bob.links.openPixelUrl.replace(/\.gif$/, ''))
    expect((await hitsOf(bob.messageId)).map((hit) => hit.method)).toEqual(['GET', 'GET', 'HEAD', 'GET'])
    expect((await eventsOf(bob.messageId)).map((event) => event.kind)).toEqual(Array(4).fill('opened'))
  })

  test('with a wrong token still shows nothing but a point', async () => {
    const answer = await visit('/o/nonsense.gif')
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([404, 'image/gif'])
  })
})

describe('a click', () => {
  test('leads to the stored target and is kept', async () => {
    const answer = await visit(cid.links.clickUrl(1))
    expect(answer.statusCode).toBe(302)
    expect(answer.headers.location).toBe(new URL(target).href)
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(await hitsOf(cid.messageId)).toMatchObject([{ kind: 'click', position: 1, url: target }])
    expect(await eventsOf(cid.messageId)).toMatchObject([
      {
        kind: 'clicked',
        source_id: campaign.campaignId,
        detail: { method: 'GET', position: 1, url: target },
      },
    ])
  })

  test('by HEAD is kept as such', async () => {
    const answer = await visit(cid.links.clickUrl(2), 'HEAD')
    expect(answer.statusCode).toBe(302)
    expect((await hitsOf(cid.messageId)).at(-1)).toMatchObject({ method: 'HEAD', position: 2 })
  })

  test('leads to the target sealed for this recipient alone', async () => {
    const answer = await visit(cid.links.clickUrl(2, `https://shop.example/${'x'.repeat(1_500)}`))
    expect(answer.headers.location).toBe(`https://shop.example/${'x'.repeat(1_500)}`)
  })

  test.each([
    ['a place without link', () => dan.links.clickUrl(99)],
    ['a target that is no web address', () => dan.links.clickUrl(3)],
    ['a personal target that is no web address', () => dan.links.clickUrl(1, 'javascript:alert(1)')],
    ['a token of another kind', () => dan.links.openPixelUrl.replace('/o/', '/c/').replace('.gif', '')],
    ['a token cut short', () => dan.links.clickUrl(1).slice(0, -3)],
    ['no token at all', () => '/c/x'],
    ['a foreign address behind the token', () => `${dan.links.clickUrl(1)}?url=https://evil.example`],
  ])('on %s leads nowhere foreign', async (_case, url) => {
    const answer = await visit(url())
    const location = answer.headers.location ?? ''
    expect(location === '' || location === new URL(target).href).toBe(true)
    if (location === '') {
      expect(answer.statusCode).toBe(404)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.body).toContain('This link is not valid')
    }
  })

  test('cannot be posted', async () => {
    const answer = await app.content.inject({ method: 'POST', url: pathOf(dan.links.clickUrl(1)) })
    expect(answer.statusCode).toBe(405)
  })
})

test('in an anonymous campaign a hit names neither contact nor network nor message', async () => {
  const anonymous = await aSentCampaign(app, {
    messages: [{ email: 'eve@example.com' }],
    targets: [target],
    anonymous: true,
  })
  const eve = anonymous.messages[0]
  if (!eve) throw new Error('one message was asked for')
  await visit(eve.links.openPixelUrl)
  await visit(eve.links.clickUrl(1))
  expect(await hitsOf(eve.messageId)).toEqual([])
  const { rows } = await inAccount(app.db, app.accountId, (trx) =>
    sql<{ message_id: string; contact_id: string | null; ip_trunc: string | null }>`
      select distinct message_id, contact_id, ip_trunc from tracking_hits
      where account_id = ${app.accountId} and campaign_id = ${anonymous.campaignId}`.execute(trx),
  )
  expect(rows).toEqual([{ message_id: expect.any(String), contact_id: null, ip_trunc: null }])
})

test('hits of a test message belong to the test and not to the campaign', async () => {
  const tested = await aSentCampaign(app, {
    messages: [{ email: 'fay@example.com' }],
    targets: [target],
    sourceKind: 'test',
  })
  const fay = tested.messages[0]
  if (!fay) throw new Error('one message was asked for')
  expect((await visit(fay.links.clickUrl(1))).statusCode).toBe(302)
  const hits = await hitsOf(fay.messageId)
  expect(hits).toHaveLength(1)
  expect(hits[0]?.campaign_id).not.toBe(tested.campaignId)
})

test('a click goes on leading to its target after the ledger row is gone', async () => {
  const old = await aSentCampaign(app, { messages: [{ email: 'gus@example.com' }], targets: [target] })
  const gus = old.messages[0]
  if (!gus) throw new Error('one message was asked for')
  await inAccount(app.db, app.accountId, (trx) =>
    trx
      .deleteFrom('messages')
      .where('account_id', '=', app.accountId)
      .where('message_id', '=', gus.messageId)
      .execute(),
  )
  expect((await visit(gus.links.clickUrl(1))).headers.location).toBe(new URL(target).href)
  expect(await hitsOf(gus.messageId)).toEqual([])
})

test('a burst of hits tells the consoles once, not once per hit', async () => {
  const burst = await aSentCampaign(app, { messages: [{ email: 'hal@example.com' }], targets: [target] })
  const hal = burst.messages[0]
  if (!hal) throw new Error('one message was asked for')
  const client = new pg.Client({ connectionString: app.urls.app })
  await client.connect()
  const notices: string[] = []
  client.on('notification', ({ payload }) => {
    if (payload?.includes(burst.campaignId)) notices.push(payload)
  })
  await client.query('listen campanile_events')
  await Promise.all(Array.from({ length: 40 }, () => visit(hal.links.openPixelUrl)))
  await expect.poll(() => notices.length, { timeout: 10_000 }).toBeGreaterThan(0)
  await client.end()
  expect(notices.length).toBeLessThan(20)
  expect(JSON.parse(notices[0] ?? '{}')).toEqual({
    account: app.accountId,
    topic: 'report',
    id: burst.campaignId,
  })
})
