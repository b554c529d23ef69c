import { describe, expect, test } from 'vitest'
import { inAccount } from '../../db/pool.ts'
import { uuidV7 } from '../../lib/ids.ts'
import { startTestApp } from '../../test/app.ts'
import { aSentCampaign, type MessageGiven, type SentMessage } from '../../test/sent-campaign.ts'

const app = await startTestApp()
const pathOf = (message: SentMessage): string =>
  message.links.unsubscribeUrl.slice(app.deps.config.contentUrl.length)
const form = 'application/x-www-form-urlencoded'

const aMessage = async (
  given: Partial<MessageGiven> = {},
  campaign: { topicId?: string; sourceKind?: 'test' } = {},
): Promise<SentMessage> => {
  const email = given.email ?? `person-${uuidV7(app.deps.clock.now())}@example.com`
  const { messages } = await aSentCampaign(app, { messages: [{ ...given, email }], ...campaign })
  const [message] = messages
  if (!message) throw new Error('one message was asked for')
  return message
}

let addresses = 0
/** Each visitor has an own address, so that the limit of pages counts in one test alone. */
const nextAddress = (): string => {
  addresses += 1
  return `198.51.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`
}
const look = (message: SentMessage, headers: Record<string, string> = {}, remoteAddress = nextAddress()) =>
  app.content.inject({ method: 'GET', url: pathOf(message), headers, remoteAddress })
const post = (message: SentMessage, payload: string | Buffer, headers: Record<string, string> = {}) =>
  app.content.inject({
    method: 'POST',
    url: pathOf(message),
    payload,
    headers: { 'content-type': form, ...headers },
  })
const oneClick = (message: SentMessage, headers: Record<string, string> = {}) =>
  post(message, 'List-Unsubscribe=One-Click', headers)

const buttonOf = (page: string): string => {
  const fields = [...page.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name, value]) => [name, value])
  return new URLSearchParams(fields as [string, string][]).toString()
}

const channelOf = (message: SentMessage) =>
  inAccount(app.db, app.accountId, (trx) =>
    trx
      .selectFrom('contact_channels')
      .selectAll()
      .where('account_id', '=', app.accountId)
      .where('contact_id', '=', message.contactId)
      .executeTakeFirst(),
  )
const isUnsubscribed = async (message: SentMessage): Promise<boolean> =>
  ((await channelOf(message))?.unsubscribed_at ?? null) !== null
const consentsOf = (message: SentMessage) =>
  inAccount(app.db, app.accountId, (trx) =>
    trx
      .selectFrom('consents')
      .selectAll()
      .where('account_id', '=', app.accountId)
      .where('contact_id', '=', message.contactId)
      .orderBy('id')
      .execute(),
  )
const ledgerOf = (message: SentMessage) =>
  inAccount(app.db, app.accountId, async (trx) => ({
    flags: (
      await trx
        .selectFrom('messages')
        .select('flags')
        .where('account_id', '=', app.accountId)
        .where('message_id', '=', message.messageId)
        .executeTakeFirst()
    )?.flags,
    events: (
      await trx
        .selectFrom('message_events')
        .select('kind')
        .where('account_id', '=', app.accountId)
        .where('message_id', '=', message.messageId)
        .orderBy('at')
        .execute()
    ).map((event) => event.kind),
  }))

describe('one-click (RFC 8058)', () => {
  test('unsubscribes at once without cookie, origin or header, and a second time changes nothing', async () => {
    const message = await aMessage()
    const first = await oneClick(message)
    expect(first.statusCode).toBe(200)
    expect(first.headers['set-cookie']).toBeUndefined()
    expect(await isUnsubscribed(message)).toBe(true)
    expect((await oneClick(message)).statusCode).toBe(200)
    expect(await consentsOf(message)).toMatchObject([
      { state: 'withdrawn', source: 'one_click', channel: 'email', proof: { address: '127.0.0.0/24' } },
    ])
    expect(await ledgerOf(message)).toEqual({ flags: ['unsubscribed'], events: ['unsubscribed'] })
  })

  test('ignores a session cookie and a foreign origin sent along', async () => {
    const message = await aMessage()
    const answer = await oneClick(message, {
      cookie: app.owner.cookie,
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    })
    expect([answer.statusCode, answer.headers['set-cookie']]).toEqual([200, undefined])
    expect(await isUnsubscribed(message)).toBe(true)
  })

  test.each([
    ['with a long boundary', '----WebKitFormBoundary7MA4YWxkTrZu0gW', '\r\n'],
    ['with a short boundary', 'x', '\r\n'],
    ['with bare line feeds', 'AaB03x', '\n'],
  ])('arrives as multipart %s', async (_case, boundary, end) => {
    const message = await aMessage()
    const body = [
      `--${boundary}`,
      'Content-Disposition: form-data; name="List-Unsubscribe"',
      '',
      'One-Click',
      `--${boundary}--`,
      '',
    ].join(end)
    const answer = await post(message, body, {
      'content-type': `multipart/form-data; boundary="${boundary}"`,
    })
    expect(answer.statusCode).toBe(200)
    expect(await isUnsubscribed(message)).toBe(true)
  })

  test.each([
    ['application/json', '{"List-Unsubscribe":"One-Click"}', 415],
    ['text/plain', 'List-Unsubscribe=One-Click', 415],
    ['', 'List-Unsubscribe=One-Click', 415],
    ['multipart/form-data; x=y', 'List-Unsubscribe=One-Click', 400],
    [form, `List-Unsubscribe=One-Click&x=${'x'.repeat(1_024)}`, 413],
    [form, 'List-Unsubscribe=Two-Clicks', 400],
    [form, '%00=%ff&%', 400],
  ])('as %s with %s is refused', async (type, body, status) => {
    const message = await aMessage()
    expect((await post(message, body, { 'content-type': type })).statusCode).toBe(status)
    expect(await isUnsubscribed(message)).toBe(false)
  })

  test('of an unknown token answers a page that tells nothing', async () => {
    const message = await aMessage()
    const [foreign, broken] = await Promise.all(
      ['/u/nonsense', `${pathOf(message).slice(0, -2)}AA`].map((url) =>
        app.content.inject({
          method: 'POST',
          url,
          payload: 'List-Unsubscribe=One-Click',
          headers: { 'content-type': form },
        }),
      ),
    )
    expect([foreign?.statusCode, broken?.statusCode]).toEqual([404, 404])
    const withoutNonce = (body = ''): string => body.replace(/nonce="[^"]*"/, '')
    expect(withoutNonce(foreign?.body)).toBe(withoutNonce(broken?.body))
    expect(await isUnsubscribed(message)).toBe(false)
  })

  test('at a path of the console is refused', async () => {
    const answer = await app.app.inject({
      method: 'POST',
      url: '/api/v1/account',
      payload: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': form, host: 'localhost:8420', cookie: app.owner.cookie },
    })
    expect([403, 405, 415]).toContain(answer.statusCode)
  })
})

describe('the unsubscribe page', () => {
  test('looked at a hundred times, by GET and HEAD, changes nothing', async () => {
    const message = await aMessage()
    for (let time = 0; time < 50; time += 1) {
      const head = await app.content.inject({ method: 'HEAD', url: pathOf(message) })
      expect([head.statusCode, head.body]).toEqual([200, ''])
      expect((await look(message)).statusCode).toBe(200)
    }
    expect(await channelOf(message)).toBeUndefined()
    expect(await ledgerOf(message)).toEqual({ flags: [], events: [] })
  })

  test('carries no script, no cookie and no frame, and tells nobody where it was', async () => {
    const answer = await look(await aMessage())
    expect(answer.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'nonce-[^']+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    )
    expect(answer.headers['referrer-policy']).toBe('no-referrer')
    expect(answer.headers['cache-control']).toBe('no-store')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.body).not.toContain('<script')
    expect(answer.body).not.toMatch(/\sstyle=/)
  })

  test('shows the address masked only, and the sender as text', async () => {
    await app.owner.patch('/account', { name: '<b>Acme & "Söhne"</b> {address}' })
    const { body } = await look(await aMessage({ email: 'jane.doe@masked.example' }))
    await app.owner.patch('/account', { name: 'Acme' })
    expect(body).not.toContain('jane.doe@masked.example')
    expect(body).toContain('j***@m***.example')
    expect(body).toContain('&lt;b&gt;Acme &amp; &quot;Söhne&quot;&lt;/b&gt; {address}')
  })

  test('unsubscribes by its button and takes it back by the next one', async () => {
    const message = await aMessage()
    const done = await post(message, buttonOf((await look(message)).body))
    expect(done.body).toContain('You are unsubscribed')
    expect(await isUnsubscribed(message)).toBe(true)
    const undone = await post(message, buttonOf(done.body))
    expect(undone.body).toContain('You are subscribed again')
    expect(await isUnsubscribed(message)).toBe(false)
    expect(await ledgerOf(message)).toEqual({ flags: [], events: ['unsubscribed', 'resubscribed'] })
    const again = await post(message, buttonOf(undone.body))
    expect(again.body).toContain('You are unsubscribed')
    expect((await ledgerOf(message)).flags).toEqual(['unsubscribed'])
    expect((await look(message)).body).toContain('already unsubscribed')
  })

  test.each([
    ['without its token', 'action=unsubscribe'],
    ['with an invented token', 'action=unsubscribe&form=AAAA'],
    ['with nothing', ''],
  ])('posted %s shows the button again', async (_case, body) => {
    const message = await aMessage()
    const answer = await post(message, body)
    expect(answer.statusCode).toBe(400)
    expect(answer.body).toContain('press the button again')
    expect(await isUnsubscribed(message)).toBe(false)
  })

  test('does not take the button of another message or another act', async () => {
    const [one, two] = [await aMessage(), await aMessage()]
    const button = buttonOf((await look(one)).body)
    expect((await post(two, button)).statusCode).toBe(400)
    expect(await isUnsubscribed(two)).toBe(false)
    await oneClick(one)
    await post(one, button.replace('unsubscribe', 'undo'))
    expect(await isUnsubscribed(one)).toBe(true)
  })

  test('takes an unsubscribe back for 24 hours and not longer', async () => {
    const [early, late] = [await aMessage(), await aMessage()]
    const undo = new Map<SentMessage, string>()
    for (const message of [early, late]) {
      const done = await post(message, buttonOf((await look(message)).body))
      undo.set(message, buttonOf(done.body))
    }
    await app.advance(24 * 3_600 - 60)
    await post(early, undo.get(early) ?? '')
    await app.advance(120)
    await post(late, undo.get(late) ?? '')
    expect([await isUnsubscribed(early), await isUnsubscribed(late)]).toEqual([false, true])
  })

  test.each([
    ['de', 'pl', 'Abmelden?'],
    ['pl-PL', 'de', 'Zrezygnować'],
    [null, 'fr, de;q=0.8', 'Abmelden?'],
    ['fr', 'fr', 'Unsubscribe?'],
    [null, '', 'Unsubscribe?'],
    ['den', '', 'Unsubscribe?'],
  ])('to a contact who reads %s in a browser that asks for %s says %s', async (language, accept, words) => {
    const answer = await look(await aMessage({ language }), { 'accept-language': accept })
    expect(answer.body).toContain(words)
  })

  test('may be fetched 60 times a minute from one address', async () => {
    const message = await aMessage()
    const visitor = nextAddress()
    for (let time = 0; time < 60; time += 1) expect((await look(message, {}, visitor)).statusCode).toBe(200)
    const refused = await look(message, {}, visitor)
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['content-type']).toContain('text/html')
    expect((await look(message)).statusCode).toBe(200)
    expect((await oneClick(message)).statusCode).toBe(200)
  })

  test('of a test message unsubscribes nobody', async () => {
    const message = await aMessage({}, { sourceKind: 'test' })
    expect((await look(message)).body).toContain('This was a test message')
    expect((await oneClick(message)).statusCode).toBe(200)
    expect(await isUnsubscribed(message)).toBe(false)
  })

  test('works after the ledger row is gone', async () => {
    const message = await aMessage()
    await inAccount(app.db, app.accountId, (trx) =>
      trx
        .deleteFrom('messages')
        .where('account_id', '=', app.accountId)
        .where('message_id', '=', message.messageId)
        .execute(),
    )
    expect((await oneClick(message)).statusCode).toBe(200)
    expect(await isUnsubscribed(message)).toBe(true)
  })

  test('unsubscribes whoever has the address now when the contact was made anew', async () => {
    const message = await aMessage({ email: 'Anew@example.com' })
    const contactId = uuidV7(app.deps.clock.now())
    await inAccount(app.db, app.accountId, async (trx) => {
      await trx
        .deleteFrom('contacts')
        .where('account_id', '=', app.accountId)
        .where('id', '=', message.contactId)
        .execute()
      await trx
        .insertInto('contacts')
        .values({
          account_id: app.accountId,
          id: contactId,
          email: 'anew@example.com',
          email_key: 'anew@example.com',
          source: 'manual',
        })
        .execute()
    })
    expect((await oneClick(message)).statusCode).toBe(200)
    expect(await isUnsubscribed({ ...message, contactId })).toBe(true)
  })
})

test('under a campaign with a topic only the topic is unsubscribed', async () => {
  const topicId = uuidV7(app.deps.clock.now())
  const message = await aMessage({}, { topicId })
  await oneClick(message)
  expect(await channelOf(message)).toMatchObject({ unsubscribed_at: null, unsubscribed_topics: [topicId] })
})
