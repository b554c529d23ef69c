import { describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'
import { aSentCampaign, type MessageGiven, type SentMessage } from '../test/sent-campaign.ts'

const app = await startTestApp()
const visit = (url: string, method: 'GET' | 'HEAD' = 'GET') =>
  app.content.inject({ method, url: url.slice(app.deps.config.contentUrl.length) })
const oneClick = (message: SentMessage) =>
  app.content.inject({
    method: 'POST',
    url: message.links.unsubscribeUrl.slice(app.deps.config.contentUrl.length),
    payload: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })

const answer = (code: string) => ({ at: '2026-01-01T00:00:00.000Z', class: 'permanent', code, text: 'no' })
const given: readonly MessageGiven[] = [
  { email: 'a@one.example', firstName: 'Ann', finalAfter: 0 },
  { email: 'b@one.example', firstName: '=cmd()', finalAfter: 30 },
  { email: 'c@one.example', finalAfter: 90 },
  { email: 'd@one.example', finalAfter: 4_000 },
  { email: 'e@two.example', state: 'rejected', reason: 'unknown_user', answer: answer('550') },
  { email: 'f@two.example', state: 'rejected', reason: 'spam', answer: answer('554') },
  { email: 'g@two.example', state: 'rejected', reason: 'expired', deliveryStatus: 'expired' },
  {
    email: 'h@two.example',
    deliveryStatus: 'undelivered',
    flags: ['bounced_later'],
    reason: 'mailbox_full',
  },
  { email: 'i@two.example', state: 'suppressed', reason: 'hard_bounced' },
  { email: 'j@two.example', state: 'uncertain', resolution: 'missed' },
  { email: 'k@two.example', state: 'planned', deliveryStatus: 'deferred' },
  { email: 'l@two.example', state: 'claimed' },
]
const targets = ['https://shop.example/', 'https://shop.example/', 'https://shop.example/imprint']
const campaign = await aSentCampaign(app, { messages: given, targets, status: 'sending' })
const by = (email: string): SentMessage => {
  const found = campaign.messages.find((message) => message.email === email)
  if (!found) throw new Error(`no message to ${email}`)
  return found
}
const [a, b, c] = ['a@one.example', 'b@one.example', 'c@one.example'].map(by) as [
  SentMessage,
  SentMessage,
  SentMessage,
]
for (const url of [
  a.links.openPixelUrl,
  a.links.openPixelUrl,
  a.links.clickUrl(1),
  a.links.clickUrl(1),
  a.links.clickUrl(2),
  b.links.openPixelUrl,
  // Somebody whose program loads no pictures.
  c.links.clickUrl(2),
])
  await visit(url)
await visit(c.links.clickUrl(2), 'HEAD')
await oneClick(a)

const base = `/campaigns/${campaign.campaignId}`
const list = async (query: string) => (await app.owner.get(`${base}/recipients?${query}`)).body.data

describe('the report head', () => {
  test('counts each recipient once and each hit', async () => {
    const { status, body } = await app.owner.get(`${base}/report`)
    expect(status).toBe(200)
    expect(body.counts).toEqual({
      audience: 12,
      accepted: 5,
      rejected: 3,
      suppressed: 1,
      uncertain: 1,
      pending: 2,
      delivered: 4,
      deferred: 1,
      hard_bounced: 1,
      soft_bounced: 2,
      spam_bounced: 1,
      bounced_later: 1,
      opened_human: 0,
      opened_proxy: 0,
      opened_machine: 0,
      opened_unsure: 2,
      opened_all: 2,
      clicked_human: 0,
      clicked_machine: 0,
      clicked_unsure: 2,
      clicked_all: 2,
      unsubscribed: 1,
      complained: 0,
      converted: 0,
    })
    expect(body.totals).toEqual({ opens_all: 3, opens_human: 0, clicks_all: 5, clicks_human: 0 })
    expect(body).toMatchObject({
      campaign_id: campaign.campaignId,
      name: 'Spring news',
      channel: 'email',
      status: 'sending',
      simulated: true,
      finished_at: null,
      revenue_minor: 0,
      currency: null,
      variants: [],
      accounting: { balanced: true, audience: 12, sum: 12, rejected_by_reason: { spam: 1 } },
    })
  })

  test('follows the formulas; a click implies an open and human rates stay empty', async () => {
    const { body } = await app.owner.get(`${base}/report`)
    expect(body.rates).toEqual({
      delivery: 0.8,
      bounce_hard: 0.125,
      bounce_soft: 0.25,
      bounce_block: 0.125,
      open_human: null,
      open_human_adjusted: null,
      open_all: 0.5,
      click: null,
      click_all: 0.5,
      click_to_open: null,
      click_to_open_all: 0.666667,
      unsubscribe: 0.25,
      complaint: 0,
      conversion: null,
    })
  })

  test('of a campaign without messages has zeros and no rates', async () => {
    const empty = await aSentCampaign(app, { messages: [] })
    const { body } = await app.owner.get(`/campaigns/${empty.campaignId}/report`)
    expect(Object.values(body.counts)).toEqual(Array(24).fill(0))
    expect(Object.values(body.rates)).toEqual(Array(14).fill(null))
  })

  test('does not change when the same hits arrive in any number', async () => {
    const before = (await app.owner.get(`${base}/report`)).body.counts
    for (let time = 0; time < 5; time += 1) await visit(a.links.openPixelUrl)
    await oneClick(a)
    const after = (await app.owner.get(`${base}/report`)).body
    expect(after.counts).toEqual(before)
    expect(after.totals.opens_all).toBe(8)
  })
})

describe('every figure equals the list behind it', () => {
  test.each([
    ['audience', ''],
    ['accepted', 'state=accepted'],
    ['rejected', 'state=rejected'],
    ['suppressed', 'state=suppressed'],
    ['uncertain', 'state=uncertain'],
    ['pending', 'state=pending'],
    ['delivered', 'delivered=true'],
    ['deferred', 'delivery_status=deferred'],
    ['hard_bounced', 'bounce=hard'],
    ['soft_bounced', 'bounce=soft'],
    ['spam_bounced', 'bounce=block'],
    ['opened_all', 'opened=true'],
    ['clicked_all', 'clicked=true'],
    ['unsubscribed', 'unsubscribed=true'],
  ])('%s is the number of recipients with %s', async (figure, query) => {
    const { body } = await app.owner.get(`${base}/report`)
    expect(await list(query)).toHaveLength(body.counts[figure])
  })

  test('the parts of the accounting are lists too', async () => {
    const { accounting } = (await app.owner.get(`${base}/report`)).body
    for (const [reason, n] of Object.entries(accounting.suppressed_by_reason)) {
      expect(await list(`state=suppressed&reason=${reason}`)).toHaveLength(n as number)
    }
  })

  test('each column of the timeline adds up to the figure of the head', async () => {
    const { counts } = (await app.owner.get(`${base}/report`)).body
    for (const step of ['minute', 'hour', 'day']) {
      const { data } = (await app.owner.get(`${base}/timeline?step=${step}`)).body
      const sum = (name: string): number =>
        data.reduce((total: number, entry: Record<string, number>) => total + (entry[name] ?? 0), 0)
      expect({ step, ...Object.fromEntries(columns.map((name) => [name, sum(name)])) }).toEqual({
        step,
        accepted: counts.accepted,
        delivered: counts.delivered,
        opened_all: counts.opened_all,
        clicked_all: counts.clicked_all,
        bounced: counts.rejected,
        unsubscribed: counts.unsubscribed,
      })
      const times = data.map((entry: { at: string }) => entry.at)
      expect(times).toEqual([...new Set<string>(times)].sort())
    }
  })
})
const columns = ['accepted', 'delivered', 'opened_all', 'clicked_all', 'bounced', 'unsubscribed']

describe('the links', () => {
  test('tell the same address at two places apart and show those nobody clicked', async () => {
    const { body } = await app.owner.get(`${base}/links`)
    expect(body.data).toEqual([
      { url: 'https://shop.example/', position: 1, total: 2, unique: 1, human_total: 0, human_unique: 0 },
      { url: 'https://shop.example/', position: 2, total: 3, unique: 2, human_total: 0, human_unique: 0 },
      {
        url: 'https://shop.example/imprint',
        position: 3,
        total: 0,
        unique: 0,
        human_total: 0,
        human_unique: 0,
      },
    ])
    expect(await list('position=2')).toHaveLength(2)
  })

  test('come page by page', async () => {
    const first = (await app.owner.get(`${base}/links?limit=2`)).body
    expect([first.data.length, first.has_more]).toEqual([2, true])
    const second = (await app.owner.get(`${base}/links?limit=2&cursor=${first.next_cursor}`)).body
    expect([second.data.length, second.data[0].position, second.next_cursor]).toEqual([1, 3, null])
  })
})

describe('the recipients', () => {
  test('come page by page, each once', async () => {
    const seen: string[] = []
    let cursor = ''
    for (;;) {
      const { body } = await app.owner.get(
        `${base}/recipients?limit=5${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
      )
      seen.push(...body.data.map((row: { address: string }) => row.address))
      if (!body.has_more) break
      cursor = body.next_cursor
    }
    expect(seen.toSorted()).toEqual(given.map((message) => message.email))
  })

  test.each([
    ['two.example', 8],
    ['A@ONE', 1],
    ['ann', 1],
    ['%', 0],
    ['_@one', 0],
    ['\\', 0],
  ])('are found by %s', async (q, n) => {
    expect(await list(`q=${encodeURIComponent(q)}`)).toHaveLength(n)
  })

  test('show what each one did', async () => {
    const [row] = await list(`q=${a.email}`)
    expect(row).toMatchObject({
      message_id: a.messageId,
      contact_id: a.contactId,
      address: a.email,
      contact_name: 'Ann',
      state: 'accepted',
      clicked_all: 3,
      bounce: null,
      unsubscribed_at: expect.stringMatching(/Z$/),
      flags: ['unsubscribed'],
    })
    const [bounced] = await list('q=f@two')
    expect(bounced.bounce).toMatchObject({ class: 'block', code: '554', text: 'no' })
  })

  test('have a history, oldest first', async () => {
    const { status, body } = await app.owner.get(`${base}/recipients/${c.messageId}`)
    expect(status).toBe(200)
    expect(body.events).toMatchObject([
      { kind: 'clicked', position: 2, method: 'GET', url: 'https://shop.example/' },
      { kind: 'clicked', position: 2, method: 'HEAD' },
    ])
    expect(body.attempts).toEqual([])
  })

  test('of another campaign are not found under this one', async () => {
    const other = await aSentCampaign(app, { messages: [{ email: 'x@three.example' }] })
    const { status } = await app.owner.get(`${base}/recipients/${other.messages[0]?.messageId}`)
    expect(status).toBe(404)
  })
})

describe('the CSV of the recipients', () => {
  test('holds all of them, marked as UTF-8 and harmless in a spreadsheet', async () => {
    const answered = await app.owner.get(`${base}/recipients.csv`)
    expect(answered.status).toBe(200)
    expect(answered.headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(answered.headers['content-disposition']).toContain('attachment')
    expect(answered.raw.startsWith('\ufeffemail,name,state,')).toBe(true)
    const lines = answered.raw.trimEnd().split('\r\n')
    expect(lines).toHaveLength(given.length + 1)
    expect(answered.raw).toContain("\r\nb@one.example,'=cmd(),accepted,")
  })

  test('obeys the filters of the list', async () => {
    const { raw } = await app.owner.get(`${base}/recipients.csv?state=rejected`)
    expect(raw.trimEnd().split('\r\n')).toHaveLength(4)
  })
})

const random = '0190a000-0000-7000-8000-0000000000ff'
describe.each([
  ['report', ''],
  ['links', ''],
  ['timeline', ''],
  ['recipients', ''],
  [`recipients/${a.messageId}`, ''],
  ['recipients.csv', ''],
])('%s', (path) => {
  test('is closed without a session', async () => {
    expect((await app.nobody.get(`${base}/${path}`)).status).toBe(401)
  })
  test('of another account looks like none', async () => {
    const [foreign, none] = await Promise.all([
      app.other.get(`${base}/${path}`, { 'x-request-id': 'same' }),
      app.other.get(`/campaigns/${random}/${path}`, { 'x-request-id': 'same' }),
    ])
    expect(foreign.status).toBe(404)
    expect(foreign.raw).toBe(none.raw)
  })
})

test.each([
  ['links?limit=0', 422],
  ['links?limit=1001', 422],
  ['links?cursor=nonsense', 400],
  ['timeline?step=year', 422],
  ['timeline?sort=at', 422],
  ['recipients?state=sent', 422],
  ['recipients?opened=yes', 422],
  ['recipients?position=99999999999999999999', 422],
  ['recipients?q=', 422],
  ['recipients?q=a&q=b', 400],
  ['recipients?cursor=W10', 400],
  ['recipients/nonsense', 422],
  [`recipients/${random}`, 404],
])('%s is refused', async (path, status) => {
  expect((await app.owner.get(`${base}/${path}`)).status).toBe(status)
})

describe('the answers of receivers', () => {
  test('are counted by class and words, page by page', async () => {
    const all = (await app.owner.get(`${base}/bounces`)).body.data
    expect(all).toHaveLength(4)
    expect(all).toEqual(
      expect.arrayContaining([
        { class: 'hard', word: 'unknown_user', code: '550', text: 'no', count: 1 },
        { class: 'block', word: 'spam', code: '554', text: 'no', count: 1 },
        { class: 'soft', word: 'expired', code: null, text: null, count: 1 },
        { class: 'soft', word: 'mailbox_full', code: null, text: null, count: 1 },
      ]),
    )
    const paged: unknown[] = []
    let cursor = ''
    do {
      const page = (await app.owner.get(`${base}/bounces?limit=1${cursor}`)).body
      paged.push(...page.data)
      cursor = page.next_cursor === null ? '' : `&cursor=${encodeURIComponent(page.next_cursor)}`
    } while (cursor)
    expect(paged).toEqual(all)
    expect((await app.other.get(`${base}/bounces`)).status).toBe(404)
    expect((await app.nobody.get(`${base}/bounces`)).status).toBe(401)
  })

  test('that differ in the address alone are one, and name nobody', async () => {
    const text = (email: string) => `550 5.1.1 <${email}>: Recipient address rejected`
    const messages = ['x@seven.example', 'y@seven.example'].map((email) => ({
      email,
      state: 'rejected',
      reason: 'unknown_user',
      answer: { ...answer('5.1.1'), text: text(email) },
    }))
    const { campaignId } = await aSentCampaign(app, { messages })
    expect((await app.owner.get(`/campaigns/${campaignId}/bounces`)).body.data).toEqual([
      {
        class: 'hard',
        word: 'unknown_user',
        code: '5.1.1',
        text: '550 5.1.1 …: Recipient address rejected',
        count: 2,
      },
    ])
  })
})
