import { createServer } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { SubmitAnswer } from '../channels/channel.ts'
import { makeSimulatorAdapter } from '../channels/email/simulator/adapter.ts'
import { compileMime } from '../content/index.ts'
import { inAccount } from '../db/pool.ts'
import { uuidV7 } from '../lib/ids.ts'
import { mailboxFor, pruneMailboxes } from '../simulator/index.ts'
import { startTestApp } from '../test/app.ts'
import { aSentCampaign } from '../test/sent-campaign.ts'

const freePort = await new Promise<number>((resolve) => {
  const probe = createServer().listen(0, '127.0.0.1', () => {
    const address = probe.address()
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
  })
})
const app = await startTestApp({ env: { CONTENT_URL: `http://localhost:${freePort}` } })
const { owner, deps, accountId } = app
await app.content.listen({ host: '127.0.0.1', port: freePort })

const compose = compileMime({
  fromAddress: 'news@acme.test',
  replyTo: null,
  headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  signers: [],
})

/** A campaign as the engine leaves it, with its mails in the built-in mailbox as the adapter puts them there. */
const aDeliveredCampaign = async (recipients: readonly string[]) => {
  const targets = ['https://shop.test/a', 'https://shop.test/b']
  const sent = await aSentCampaign(app, { messages: recipients.map((email) => ({ email })), targets })
  const adapter = makeSimulatorAdapter(mailboxFor(deps))
  const answers = new Map<string, SubmitAnswer>()
  const batch = sent.messages.map(({ messageId, email, links }) => ({
    messageId,
    accountId,
    sourceId: sent.campaignId,
    origin: 'campaign' as const,
    recipient: email,
    envelopeFrom: 'news@acme.test',
    raw: compose({
      fromName: 'News',
      to: { name: '', address: email },
      subject: 'Spring',
      html: `<a href="${links.clickUrl(1)}">a</a><a href="${links.clickUrl(2)}">b</a><img src="${links.openPixelUrl}">`,
      text: 'Spring',
      headers: { 'List-Unsubscribe': `<${links.unsubscribeUrl}>` },
      messageId: `${messageId}@acme.test`,
      date: deps.clock.now(),
    }),
  }))
  await adapter.submit(
    batch,
    {},
    {
      signal: new AbortController().signal,
      mayBegin: () => true,
      report: (id, answer) => void answers.set(id, answer),
    },
  )
  return { ...sent, answers: sent.messages.map(({ messageId }) => answers.get(messageId)?.kind) }
}

type Hit = {
  kind: string
  method: string
  position: number | null
  user_agent: string
  ip_trunc: string
  message_id: string
}
const hitsOf = (campaignId: string): Promise<Hit[]> =>
  inAccount(app.db, accountId, async (trx) => {
    const { rows } = await sql<Hit>`
      select kind, method, position, user_agent, ip_trunc, message_id from tracking_hits
      where account_id = ${accountId} and campaign_id = ${campaignId} order by id`.execute(trx)
    return rows
  })
const mailsOf = async (campaignId: string) =>
  (await owner.get(`/simulator/messages?campaign_id=${campaignId}`)).body.data
const waiting = (): Promise<number> =>
  inAccount(app.db, accountId, async (trx) => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from simulator_acts`.execute(trx)
    return rows[0]?.n ?? -1
  })

test('human@ opens, then clicks, like a person before a browser; it happens once', async () => {
  const { campaignId } = await aDeliveredCampaign(['human@sim.campanile.test'])
  await app.due()
  expect(await hitsOf(campaignId)).toEqual([])
  await app.advance(4)
  expect((await hitsOf(campaignId)).map(({ kind }) => kind)).toEqual(['open'])
  await app.advance(10)
  await app.advance(300)
  const hits = await hitsOf(campaignId)
  expect(hits.map(({ kind, method, position }) => [kind, method, position])).toEqual([
    ['open', 'GET', null],
    ['click', 'GET', 1],
  ])
  expect(hits.every(({ user_agent }) => user_agent.startsWith('Mozilla/5.0 (X11'))).toBe(true)
  const [mail] = await mailsOf(campaignId)
  expect(mail.events.map(({ kind }: { kind: string }) => kind)).toEqual(['open', 'click'])
  expect(await waiting()).toBe(0)
})

test('scanner@ follows every link at once, proxy@ loads images for somebody who may never look', async () => {
  const { campaignId, messages } = await aDeliveredCampaign([
    'scanner@sim.campanile.test',
    'proxy@sim.campanile.test',
  ])
  await app.advance(2)
  const hits = await hitsOf(campaignId)
  const of = (index: number) => hits.filter(({ message_id }) => message_id === messages[index]?.messageId)
  const scanned = of(0).map(({ kind, method, position }) => `${method} ${kind} ${position}`)
  expect(scanned.toSorted()).toEqual(['GET click 1', 'GET click 2', 'GET open null', 'HEAD click 1'])
  expect(of(1).map(({ kind, user_agent }) => [kind, user_agent.includes('ImageProxy')])).toEqual([
    ['open', true],
  ])
})

test.runIf(process.platform === 'linux')('readers sit in networks of their own', async () => {
  const { campaignId } = await aDeliveredCampaign([1, 2, 3, 4].map((n) => `human+${n}@sim.campanile.test`))
  await app.advance(4)
  expect(new Set((await hitsOf(campaignId)).map(({ ip_trunc }) => ip_trunc)).size).toBe(4)
})

test('rules let a share of the readers open, and each of them once', async () => {
  const { body } = await owner.post('/simulator/scripts', {
    match: { domain: 'readers.test' },
    outcome: { class: 'open', rate: 0.5, latency_ms: 1_000 },
  })
  const { campaignId } = await aDeliveredCampaign(
    Array.from({ length: 40 }, (_, n) => `reader${n}@readers.test`),
  )
  await app.advance(2)
  await app.due()
  const hits = await hitsOf(campaignId)
  expect(hits.length).toBeGreaterThan(8)
  expect(hits.length).toBeLessThan(32)
  expect(new Set(hits.map(({ message_id }) => message_id)).size).toBe(hits.length)
  expect((await owner.get(`/campaigns/${campaignId}/report`)).body.counts.opened_all).toBe(hits.length)
  await owner.del(`/simulator/scripts/${body.id}`)
})

test('several workers at once do everything, and nothing twice', async () => {
  const { campaignId } = await aDeliveredCampaign(
    Array.from({ length: 30 }, (_, n) => `human+many${n}@sim.campanile.test`),
  )
  await app.nobody.post('/test/clock', { advance_seconds: 3 })
  await app.nobody.post('/test/clock', { advance_seconds: 30 })
  await Promise.all([app.due(), app.due(), app.due()])
  const hits = await hitsOf(campaignId)
  expect(hits.filter(({ kind }) => kind === 'open')).toHaveLength(30)
  expect(hits.filter(({ kind }) => kind === 'click')).toHaveLength(30)
})

test('what a worker took and did not live to do is done by the next one', async () => {
  const { campaignId } = await aDeliveredCampaign(['human+dies@sim.campanile.test'])
  await inAccount(app.db, accountId, (trx) =>
    // As a process leaves it that took the acts and was killed.
    sql`update simulator_acts set due_at = app_now() + interval '60 seconds', attempts = 1
      where account_id = ${accountId}`.execute(trx),
  )
  await app.advance(30)
  expect(await hitsOf(campaignId)).toEqual([])
  await app.advance(31)
  expect(await hitsOf(campaignId)).toHaveLength(2)
})

test('what has no link is not clicked, and the mail tells why', async () => {
  const id = uuidV7(deps.clock.now())
  await mailboxFor(deps).deliver([
    {
      acts: [{ kind: 'click', afterMs: 0 }],
      message: {
        messageId: id,
        accountId,
        sourceId: id,
        origin: 'test',
        recipient: 'eve@example.com',
        envelopeFrom: 'a@b.test',
        raw: Buffer.from('Subject: bare\r\n\r\nno link'),
      },
    },
  ])
  await app.advance(1)
  const { body } = await owner.get(`/simulator/messages?message_id=${id}`)
  expect(body.data[0].events).toMatchObject(
    [{ kind: 'click', detail: /no tracked link/ }].map(() => ({ kind: 'click' })),
  )
  expect(body.data[0].events[0].detail).toMatch(/no tracked link/)
  expect(await waiting()).toBe(0)
})

test('defer@ is put off twice by the count of the ledger, then taken', async () => {
  const { messages } = await aDeliveredCampaign(['ok@sim.campanile.test'])
  const message = {
    messageId: messages[0]?.messageId ?? '',
    accountId,
    sourceId: uuidV7(deps.clock.now()),
    origin: 'campaign' as const,
    recipient: 'defer@sim.campanile.test',
    envelopeFrom: 'a@b.test',
    raw: Buffer.alloc(0),
  }
  const answers: string[] = []
  for (const attempts of [0, 1, 2]) {
    await inAccount(app.db, accountId, (trx) =>
      trx
        .updateTable('messages')
        .set({ attempts })
        .where('account_id', '=', accountId)
        .where('message_id', '=', message.messageId)
        .execute(),
    )
    answers.push((await mailboxFor(deps).behaviourOf([message]))(message).answer)
  }
  expect(answers).toEqual(['defer', 'defer', 'ok'])
})

describe('the acts of a person in the console', async () => {
  const { campaignId } = await aDeliveredCampaign(['eve@example.com'])
  const [mail] = await mailsOf(campaignId)
  test.each([
    [{ kind: 'open' }],
    [{ kind: 'click' }],
    [{ kind: 'scan' }],
    [{ kind: 'reply', text: 'Thank you' }],
    [{ kind: 'dsn' }],
    [{ kind: 'dsn', class: 'mailbox_full' }],
    [{ kind: 'spam' }],
    [{ kind: 'one_click' }],
  ])('%o', async (act) => {
    const answer = await owner.post('/simulator/events', { id: mail.id, ...act })
    expect(answer.status, answer.raw).toBe(201)
    const { body } = await owner.get(`/simulator/messages/${mail.id}`)
    expect(body.events.at(-1)).toMatchObject({ kind: act.kind })
    expect(body.events.at(-1).detail).toBeTruthy()
  })
  test.each([[{ kind: 'dsn', class: 'nonsense' }], [{ kind: 'prefetch' }], [{ kind: 'reply', text: 1 }]])(
    '%o is refused',
    async (act) => {
      expect((await owner.post('/simulator/events', { id: mail.id, ...act })).status).toBe(422)
    },
  )
})

test('a full mailbox forgets its oldest mails, and those of others stay', async () => {
  const { campaignId } = await aDeliveredCampaign(Array.from({ length: 5 }, (_, n) => `full${n}@example.com`))
  const all = (await owner.get('/simulator/messages?limit=1000')).body.data
  const kept = 3
  const tight = { ...deps, config: { ...deps.config, simulatorMailsMax: kept } }
  await pruneMailboxes(tight)
  const rest = (await owner.get('/simulator/messages?limit=1000')).body.data
  expect(rest.map(({ id }: { id: string }) => id)).toEqual(
    all.slice(0, kept).map(({ id }: { id: string }) => id),
  )
  expect(rest.every((mail: { campaign_id: string }) => mail.campaign_id === campaignId)).toBe(true)
})
