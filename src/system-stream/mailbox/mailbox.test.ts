import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../config.ts'
import type { Deps } from '../../http/deps.ts'
import { makeServer } from '../../http/server.ts'
import { startWorld } from '../test/world.ts'
import { systemMailboxRoutes } from './routes.ts'
import { hasSystemMailbox } from './visibility.ts'

const world = await startWorld()
const servers: FastifyInstance[] = []
afterAll(() => Promise.all(servers.map((server) => server.close())))

const serverFor = async (deps: Deps): Promise<FastifyInstance> => {
  const server = makeServer(deps)
  servers.push(server)
  const nobody = async () => {
    throw new Error('the route asks for nobody')
  }
  server.register(async (api) => systemMailboxRoutes({ app: api, deps, authenticate: nobody }), {
    prefix: '/api/v1',
  })
  await server.ready()
  return server
}
const server = await serverFor(world.deps)
const mail = await world.send()
const text = await world.send({ to: { phone: '+48601234567' } })

const own = { host: 'localhost:8420', 'x-campanile-request': '1' }
const ask = (headers: Record<string, string> = own, more: object = {}, query = '') =>
  server.inject({ url: `/api/v1/system-mailbox/messages${query}`, headers, ...more })

describe('the mailbox of a development machine', () => {
  test('shows codes and links to whoever sits at it, newest first', async () => {
    const answer = await ask()
    expect(answer.statusCode).toBe(200)
    const { data, has_more } = answer.json()
    expect([data.map(({ id }: { id: string }) => id), has_more]).toEqual([[text, mail], false])
    expect(data[1]).toMatchObject({
      channel: 'email',
      kind: 'sign_in_code',
      to: 'ada@example.com',
      subject: 'Your sign-in code',
      code: '12345678',
      link: 'http://localhost:8420/not-me#token=tok',
    })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('is told apart by channel and read page by page', async () => {
    const phone = (await ask(own, {}, '?channel=sms')).json()
    expect(phone.data.map(({ id }: { id: string }) => id)).toEqual([text])
    const first = (await ask(own, {}, '?limit=1')).json()
    const rest = (await ask(own, {}, `?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`)).json()
    expect([first.data[0].id, rest.data[0].id, rest.has_more]).toEqual([text, mail, false])
    expect((await ask(own, {}, '?limit=0')).statusCode).toBe(422)
    expect((await ask(own, {}, '?cursor=nonsense')).statusCode).toBe(400)
  })

  test.each([['127.0.0.1:8420'], ['[::1]:8420'], ['LOCALHOST:8420']])(
    'is reached by the name %s',
    async (host) => {
      expect((await ask({ ...own, host })).statusCode).toBe(200)
    },
  )

  test.each([
    ['another name that leads here', { ...own, host: 'evil.example:8420' }],
    ['another port', { ...own, host: 'localhost:9000' }],
    ['no port', { ...own, host: 'localhost' }],
    ['a name that only begins alike', { ...own, host: 'localhost.evil.example:8420' }],
    ['a name with a trailing dot', { ...own, host: 'localhost.:8420' }],
    ['another site', { ...own, 'sec-fetch-site': 'cross-site' }],
    ['a neighbouring site', { ...own, 'sec-fetch-site': 'same-site' }],
    ['an address typed in', { ...own, 'sec-fetch-site': 'none' }],
    ['a page without the own header', { host: 'localhost:8420' }],
    ['a proxy that names the client', { ...own, 'x-forwarded-for': '203.0.113.7' }],
    ['a proxy that names itself', { ...own, via: '1.1 proxy' }],
    ['a proxy of the new kind', { ...own, forwarded: 'for=203.0.113.7' }],
    ['a tunnel', { ...own, 'cf-connecting-ip': '203.0.113.7' }],
  ])('is not there for %s', async (_who, headers) => {
    const answer = await ask(headers as Record<string, string>)
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found'])
    expect(answer.body).not.toContain('12345678')
  })

  test.each([['203.0.113.7'], ['192.168.1.5'], ['::ffff:10.0.0.1'], ['fe80::1']])(
    'is not there for a peer at %s, whatever it says of itself',
    async (remoteAddress) => {
      expect((await ask(own, { remoteAddress })).statusCode).toBe(404)
    },
  )

  test('opens itself to no other origin', async () => {
    const answer = await ask({ ...own, origin: 'https://evil.example' })
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('the mailbox', () => {
  const key = `k1:${randomBytes(32).toString('base64')}`
  const live = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://panel.example.com',
    CONTENT_URL: 'https://content.example.net',
    SYSTEM_SMTP_URL: 'smtps://relay.example.com',
    SECRET_KEYS: key,
    AUDIT_SIGNING_KEY: 'a1:MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g',
  }
  const with_ = (env: Record<string, string>) => readConfig({ SECRET_KEYS: key, ...env })

  test.each([
    ['in development', {}, true],
    ['with a relay for mail, for the texts alone', { SYSTEM_SMTP_URL: 'smtps://relay.example.com' }, true],
    [
      'with relay and route',
      { SYSTEM_SMTP_URL: 'smtps://relay.example.com', SYSTEM_SMS_ROUTE: 'off' },
      false,
    ],
    ['in production', live, false],
    [
      'under a public address',
      { PUBLIC_URL: 'https://panel.example.com', CONTENT_URL: 'https://content.example.net' },
      false,
    ],
    ['on a socket that others reach', { LISTEN_HOST: '0.0.0.0' }, false],
    ['on a socket of the local network', { LISTEN_HOST: '192.168.1.5' }, false],
    ['behind a proxy', { TRUSTED_PROXIES: '127.0.0.1/32' }, false],
  ])('%s exists: %s %s', (_when, env, exists) => {
    expect(hasSystemMailbox(with_(env as Record<string, string>))).toBe(exists)
  })

  test('answers like any unknown path where it does not exist', async () => {
    const closed = await serverFor({ ...world.deps, config: with_({ LISTEN_HOST: '0.0.0.0' }) })
    const of = async (path: string) => {
      const answer = await closed.inject({ url: `/api/v1${path}`, headers: { ...own, 'x-request-id': 'r' } })
      return [answer.statusCode, answer.body]
    }
    expect(await of('/system-mailbox/messages')).toEqual(await of('/no-such-path'))
    expect(await of('/system-mailbox/messages?x=1')).toEqual(await of('/no-such-path'))
  })

  test('never shows what left or waits to leave', async () => {
    const sending = await startWorld({ SYSTEM_SMTP_URL: 'smtp://localhost:1' })
    await sending.send()
    const text = await sending.send({ to: { phone: '+48601234567' } })
    const other = await serverFor(sending.deps)
    const answer = await other.inject({ url: '/api/v1/system-mailbox/messages', headers: own })
    expect(answer.json().data.map(({ id }: { id: string }) => id)).toEqual([text])
  })
})
