import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { actor, closeAll, smtpServer } from '../../channels/email/smtp/test/servers.ts'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import { closeSystemRelay, deliverSystem, emptyOutbox, resetSmsGuard, sweepSystemMessages } from '../index.ts'
import { startWorld } from '../test/world.ts'

type Asked = { readonly headers: Record<string, unknown>; readonly body: string }
const provider = {
  asked: [] as Asked[],
  answer: { status: 202, body: '{"messages":[{"id":"p-1"}]}' },
  cuts: false,
}
const stub = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    provider.asked.push({ headers: request.headers, body })
    if (provider.cuts) request.socket.destroy()
    else response.writeHead(provider.answer.status, { 'retry-after': '7' }).end(provider.answer.body)
  })
})
await new Promise<void>((resolve) => stub.listen(0, '127.0.0.1', resolve))
const template = join(mkdtempSync(join(tmpdir(), 'campanile-template-')), 'sms.json')
writeFileSync(
  template,
  JSON.stringify({
    url: `http://127.0.0.1:${(stub.address() as AddressInfo).port}/v1/messages`,
    headers: { authorization: 'Bearer provider-secret', 'idempotency-key': '{{id}}' },
    json: { messages: [{ to: '{{to_digits}}', text: '{{text}}', reference: '{{id}}' }] },
    id_at: '/messages/0/id',
  }),
)
const relay = await smtpServer({})
const world = await startWorld({
  SYSTEM_SMTP_URL: `smtp://localhost:${relay.port}`,
  SYSTEM_SENDER: 'codes@sender.example',
  SYSTEM_SMS_ROUTE: `file:${template}`,
})
const { deps, send, advance, messages, logged } = world
afterAll(async () => {
  stub.close()
  await closeSystemRelay(deps)
  await closeAll()
})
beforeEach(async () => {
  await emptyOutbox(deps)
  await resetSmsGuard(deps)
  provider.asked.length = 0
  provider.cuts = false
  provider.answer = { status: 202, body: '{"messages":[{"id":"p-1"}]}' }
  relay.taken.length = 0
  logged.length = 0
})

const deliver = (id: string) => deliverSystem(deps, { account_id: instanceAccountId, id })
const only = async () => {
  const [row, ...others] = await messages()
  expect(others).toEqual([])
  return row
}
const bySms = { to: { phone: '+48601234567' } }
const setBack = (id: string) =>
  inAccount(deps.db, instanceAccountId, (trx) =>
    sql`update system_messages set state = 'handed', handed_at = app_now(), attempts = 1 where id = ${id}`.execute(
      trx,
    ),
  )

describe('a mail', () => {
  test('waits until its job runs and leaves once, from the system’s own sender', async () => {
    const id = await send()
    expect((await only())?.state).toBe('queued')
    await Promise.all([deliver(id), deliver(id), deliver(id)])
    expect(await only()).toMatchObject({ state: 'sent', attempts: 1, failure: null })
    expect(relay.taken).toHaveLength(1)
    const [mail] = relay.taken
    expect([mail?.from, mail?.to]).toEqual(['codes@sender.example', 'ada@example.com'])
    expect(mail?.content).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256;[\s\S]*d=sender\.example;/)
    expect(mail?.content).toMatch(/^From: codes@sender\.example\r$/m)
    expect(mail?.content).toContain('12345678')
    await deliver(id)
    expect(relay.taken).toHaveLength(1)
  })

  test('is tried again by the clock while its relay is away, and dropped when its code is dead', async () => {
    const away = await startWorld({
      SYSTEM_SMTP_URL: 'smtp://localhost:1',
      SYSTEM_SENDER: 'codes@sender.example',
    })
    const id = await away.send()
    const run = () => deliverSystem(away.deps, { account_id: instanceAccountId, id })
    await run()
    expect((await away.messages())[0]).toMatchObject({
      state: 'queued',
      attempts: 1,
      failure: 'connection_refused',
    })
    await run()
    expect((await away.messages())[0]?.attempts).toBe(1)
    await away.advance(3)
    await run()
    expect((await away.messages())[0]?.attempts).toBe(2)
    await away.advance(601)
    await sweepSystemMessages(away.deps)
    expect((await away.messages())[0]).toMatchObject({ state: 'expired' })
    await run()
    expect((await away.messages())[0]?.attempts).toBe(2)
  })

  test('that a relay refuses for good is not tried again', async () => {
    const refusing = await smtpServer({
      onRcptTo: (_address, _session, done) =>
        done(Object.assign(new Error('no such user'), { responseCode: 550 })),
    })
    const other = await startWorld({ SYSTEM_SMTP_URL: `smtp://localhost:${refusing.port}` })
    const id = await other.send()
    await deliverSystem(other.deps, { account_id: instanceAccountId, id })
    expect((await other.messages())[0]).toMatchObject({ state: 'failed', failure: '550' })
    await closeSystemRelay(other.deps)
  })
})

describe('a message whose fate is unknown', () => {
  test('is not repeated when it holds a code', async () => {
    const id = await send()
    await setBack(id)
    await sweepSystemMessages(deps)
    expect((await only())?.state).toBe('handed')
    await advance(301)
    await sweepSystemMessages(deps)
    expect(await only()).toMatchObject({ state: 'uncertain', failure: 'interrupted' })
    await deliver(id)
    expect(relay.taken).toEqual([])
  })

  test('is sent once more under the same Message-ID when it is a notice, and said so in the log', async () => {
    const id = await send({ kind: 'password_changed', values: {} })
    await setBack(id)
    await advance(301)
    await sweepSystemMessages(deps)
    await advance(60)
    await deliver(id)
    expect(await only()).toMatchObject({ state: 'sent', attempts: 2 })
    expect(relay.taken[0]?.content).toContain(`Message-ID: <${id}@sender.example>`)
    expect(logged.join('')).toContain('"repeated":true')
  })

  test('is a lost answer of the relay as well', async () => {
    const cutting = await actor((say, socket) => {
      let reading = false
      say('220 here')
      return (line) => {
        if (line === 'DATA') {
          reading = true
          say('354 go on')
        } else if (reading && line === '.') socket.destroy()
        else if (!reading) say('250 fine')
      }
    })
    const other = await startWorld({ SYSTEM_SMTP_URL: `smtp://localhost:${cutting.port}` })
    const id = await other.send()
    await deliverSystem(other.deps, { account_id: instanceAccountId, id })
    expect((await other.messages())[0]?.state).toBe('uncertain')
    await closeSystemRelay(other.deps)
  })
})

describe('a text', () => {
  test('leaves as the template of the provider says', async () => {
    const id = await send(bySms)
    await deliver(id)
    expect(await only()).toMatchObject({ state: 'sent', provider_ref: 'p-1' })
    const [asked] = provider.asked
    expect(asked?.headers).toMatchObject({ authorization: 'Bearer provider-secret', 'idempotency-key': id })
    const { messages: given } = JSON.parse(asked?.body ?? '{}')
    expect(given).toEqual([{ to: '48601234567', text: expect.stringContaining('12345678'), reference: id }])
    expect(given[0].text.split('\n').at(-1)).toBe('@localhost #12345678')
  })

  test.each([
    [429, 'queued', 'http_429'],
    [503, 'queued', 'http_503'],
    [400, 'failed', 'http_400'],
    [401, 'failed', 'http_401'],
    [302, 'failed', 'http_302'],
    [500, 'uncertain', 'http_500'],
  ])('answered with %i is %s', async (status, state, failure) => {
    provider.answer = { status, body: '' }
    const id = await send(bySms)
    await deliver(id)
    expect(await only()).toMatchObject({ state, failure })
    expect(provider.asked).toHaveLength(1)
  })

  test('whose answer is lost is not sent again', async () => {
    provider.cuts = true
    const id = await send(bySms)
    await deliver(id)
    expect(await only()).toMatchObject({ state: 'uncertain', failure: 'unreachable' })
  })

  test('with a notice stops at the limit of its number', async () => {
    for (let n = 0; n < 6; n += 1)
      await deliver(await send({ ...bySms, kind: 'password_changed', values: {} }))
    const states = (await messages()).map(({ state, failure }) => failure ?? state)
    expect(states).toEqual([...Array(5).fill('sent'), 'sms_limited'])
    expect(provider.asked).toHaveLength(5)
  })
})

test('what has left is erased, except under test support', async () => {
  expect(deps.config.testSupport).toBe(true)
  await deliver(await send())
  expect((await only())?.content_sealed).not.toBeNull()
  const live = await startWorld({
    SYSTEM_SMTP_URL: `smtp://localhost:${relay.port}`,
    CAMPANILE_TEST_SUPPORT: '0',
  })
  const id = await live.send()
  await deliverSystem(live.deps, { account_id: instanceAccountId, id })
  expect((await live.messages())[0]).toMatchObject({ state: 'sent', content_sealed: null })
  await closeSystemRelay(live.deps)
})

test('no log line of all this holds a recipient, a code, a token or a credential', async () => {
  provider.answer = { status: 400, body: 'no 12345678 for +48601234567' }
  await deliver(await send(bySms))
  await deliver(await send())
  expect(logged.length).toBeGreaterThan(0)
  expect(logged.join('\n')).not.toMatch(/12345678|48601234567|ada@example|#token|provider-secret|"tok"/)
})
