import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeOutboundGuard } from '../../../lib/outbound-guard/index.ts'
import type { RenderedMessage, SubmitAnswer } from '../../channel.ts'
import { otherCertificate } from '../smtp/test/certificates.ts'
import { aMessage, closeAll, loopbackGuard } from '../smtp/test/servers.ts'
import { type MxParts, makeMxAdapter } from './adapter.ts'
import { makeMxResolver } from './resolve.ts'
import { makeMailRoutes } from './routes.ts'
import type { MxSettings } from './settings.ts'
import { type Records, startNameServer } from './test/name-server.ts'

const closers: (() => Promise<unknown>)[] = []
const zone: Record<string, Records> = {}
const names = await startNameServer(zone)
/** Receivers differ by address and share the port, as on port 25. */
let port = 0
beforeAll(async () => {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  port = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
})
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  await closeAll()
})
afterAll(() => names.close())

const listen = (server: Server, address: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })

type Seen = { from: string; to: string; secure: boolean; remote: string; name: string }

/** A receiver's mail server, real; it counts its connections. */
const receiver = async (address: string, options: SMTPServerOptions = {}) => {
  const taken: Seen[] = []
  const seen = { now: 0, most: 0, all: 0 }
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onConnect(_session, done) {
      seen.all += 1
      seen.now += 1
      seen.most = Math.max(seen.most, seen.now)
      done()
    },
    onClose() {
      seen.now -= 1
    },
    onData(stream, session, done) {
      stream.resume()
      stream.on('end', () => {
        taken.push({
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo[0]?.address ?? '',
          secure: session.secure,
          remote: session.remoteAddress,
          name: session.hostNameAppearsAs,
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await listen(server.server as Server, address)
  closers.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { taken, seen }
}

/** Says one thing and hangs up. */
const crank = async (address: string, line: string) => {
  const sockets = new Set<Socket>()
  const seen = { connections: 0 }
  const server = createServer((socket) => {
    seen.connections += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.end(`${line}\r\n`)
  })
  await listen(server, address)
  closers.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return seen
}

const quick = { connectMs: 2_000, greetingMs: 2_000, commandMs: 2_000, dataMs: 3_000 }
const makeAdapter = (parts: Partial<MxParts> = {}) => {
  const resolver = makeMxResolver([names.at], () => 0)
  const adapter = makeMxAdapter({
    guard: loopbackGuard,
    ehloName: 'mail.acme.test',
    resolver,
    routes: makeMailRoutes(resolver),
    port,
    timeouts: quick,
    ...parts,
  })
  closers.push(() => adapter.close())
  return adapter
}

const to = (domain: string, count = 1): RenderedMessage[] =>
  Array.from({ length: count }, (_, n) =>
    aMessage({ messageId: `${domain}-${n}`, recipient: `p${n}@${domain}` }),
  )

const send = async (batch: RenderedMessage[], settings: MxSettings = {}, adapter = makeAdapter()) => {
  const answers = new Map<string, SubmitAnswer>()
  await adapter.submit(batch, settings, {
    signal: new AbortController().signal,
    mayBegin: () => true,
    report: (id, answer) => {
      expect(answers.has(id)).toBe(false)
      answers.set(id, answer)
    },
  })
  expect(answers.size).toBe(batch.length)
  return [...answers.values()]
}
const kindsOf = (answers: SubmitAnswer[]) => answers.map(({ kind }) => kind)

test('each message goes to the mail server of its own domain', async () => {
  zone['one.test'] = { mx: [[10, 'mx.one.test']] }
  zone['mx.one.test'] = { a: ['127.0.0.2'] }
  zone['two.test'] = { a: ['127.0.0.3'] }
  const one = await receiver('127.0.0.2')
  const two = await receiver('127.0.0.3')
  const answers = await send([...to('one.test', 2), ...to('two.test', 1)])
  expect(kindsOf(answers)).toEqual(['accepted', 'accepted', 'accepted'])
  expect(one.taken.map((mail) => mail.to).toSorted()).toEqual(['p0@one.test', 'p1@one.test'])
  expect(two.taken).toMatchObject([{ to: 'p0@two.test', secure: false, name: 'mail.acme.test' }])
})

test('the next server of a domain takes the mail when the first is away, has no address or refuses to speak', async () => {
  zone['many.test'] = {
    mx: [
      [10, 'gone.many.test'],
      [20, 'nameless.many.test'],
      [30, 'rude.many.test'],
      [40, 'good.many.test'],
    ],
  }
  zone['gone.many.test'] = { a: ['127.0.0.9'] }
  zone['rude.many.test'] = { a: ['127.0.0.4'] }
  zone['good.many.test'] = { a: ['127.0.0.2'] }
  await crank('127.0.0.4', '554 5.3.2 no service here')
  const good = await receiver('127.0.0.2')
  expect(kindsOf(await send(to('many.test')))).toEqual(['accepted'])
  expect(good.taken).toHaveLength(1)
})

test('a receiver that cannot be reached costs its own messages an attempt and nobody else theirs', async () => {
  zone['away.test'] = { a: ['127.0.0.9'] }
  zone['fine.test'] = { a: ['127.0.0.2'] }
  const fine = await receiver('127.0.0.2')
  const answers = await send([...to('away.test', 3), ...to('fine.test', 3)])
  expect(kindsOf(answers).toSorted()).toEqual([
    'accepted',
    'accepted',
    'accepted',
    'temporary',
    'temporary',
    'temporary',
  ])
  expect(fine.taken).toHaveLength(3)
})

test('a server that does not take us is not knocked at again for each further message of the minute', async () => {
  zone['rude.test'] = { a: ['127.0.0.4'] }
  const rude = await crank('127.0.0.4', '554 5.7.1 your address is on our list')
  const adapter = makeAdapter()
  expect(await send(to('rude.test'), {}, adapter)).toMatchObject([{ kind: 'temporary', code: '5.7.1' }])
  const before = rude.connections
  expect(await send(to('rude.test', 3), {}, adapter)).toHaveLength(3)
  expect(rude.connections).toBe(before)
})

test('421 slows its receiver alone and is not carried to its other servers', async () => {
  zone['busy.test'] = {
    mx: [
      [10, 'a.busy.test'],
      [20, 'b.busy.test'],
    ],
  }
  zone['a.busy.test'] = { a: ['127.0.0.4'] }
  zone['b.busy.test'] = { a: ['127.0.0.5'] }
  zone['calm.test'] = { a: ['127.0.0.2'] }
  await crank('127.0.0.4', '421 4.7.0 too many messages, slow down')
  const second = await receiver('127.0.0.5')
  const calm = await receiver('127.0.0.2')
  const answers = await send([...to('busy.test', 2), ...to('calm.test', 2)])
  expect(answers.filter(({ kind }) => kind === 'throttled')).toEqual(
    Array(2).fill(expect.objectContaining({ code: '4.7.0', scope: 'receiver', retryAfterSeconds: 60 })),
  )
  expect(calm.taken).toHaveLength(2)
  expect(second.taken).toHaveLength(0)
})

test.each([
  ['absent.test', undefined, 'permanent', '5.1.2'],
  ['null.test', { mx: [[0, '']] }, 'permanent', '5.1.10'],
  ['broken.test', { fails: true }, 'temporary', 'dns_failed'],
] as const)('mail for %s is answered without a connection', async (domain, records, kind, code) => {
  if (records) zone[domain] = records as Records
  expect(await send(to(domain))).toMatchObject([
    { kind, code, ...(kind === 'permanent' ? { class: 'unknown_domain' } : {}) },
  ])
})

test('a mail server at an address that must not be reached is never connected to', async () => {
  zone['trap.test'] = { mx: [[10, 'mx.trap.test']] }
  zone['mx.trap.test'] = { a: ['127.0.0.2'] }
  const trap = await receiver('127.0.0.2')
  const strict = makeOutboundGuard({
    allow: [],
    ownHosts: [],
    localAddresses: () => [],
    ownSockets: async () => [],
  })
  const answers = await send(to('trap.test'), {}, makeAdapter({ guard: strict }))
  expect(answers).toMatchObject([{ kind: 'temporary', code: 'url_refused' }])
  expect(trap.seen.all).toBe(0)
})

test('TLS is used where it is offered, whatever its certificate, and left where it is broken', async () => {
  zone['tls.test'] = { a: ['127.0.0.2'] }
  const tls = await receiver('127.0.0.2', { disabledCommands: ['AUTH'], ...otherCertificate })
  expect(kindsOf(await send(to('tls.test')))).toEqual(['accepted'])
  expect(tls.taken).toMatchObject([{ secure: true }])
  zone['halftls.test'] = { a: ['127.0.0.3'] }
  const half = await receiver('127.0.0.3', {
    disabledCommands: ['AUTH'],
    ...otherCertificate,
    maxVersion: 'TLSv1.1',
    minVersion: 'TLSv1',
    ciphers: 'ALL@SECLEVEL=0',
  })
  expect(kindsOf(await send(to('halftls.test')))).toEqual(['accepted'])
  expect(half.taken).toMatchObject([{ secure: false }])
})

test('connections to a site and messages over each stay within its limits', async () => {
  zone['wide.test'] = { a: ['127.0.0.2'] }
  const wide = await receiver('127.0.0.2')
  const settings: MxSettings = { limits: { 'wide.test': { connections: 2, messages_per_connection: 7 } } }
  expect(new Set(kindsOf(await send(to('wide.test', 40), settings)))).toEqual(new Set(['accepted']))
  expect(wide.seen.most).toBeLessThanOrEqual(2)
  expect(wide.seen.all).toBeGreaterThanOrEqual(6)
  expect(wide.taken).toHaveLength(40)
})

test('batches at once share the connections of a site', async () => {
  zone['shared.test'] = { a: ['127.0.0.2'] }
  const shared = await receiver('127.0.0.2')
  const adapter = makeAdapter()
  const settings: MxSettings = {
    limits: { 'shared.test': { connections: 1, messages_per_connection: 100 } },
  }
  const batches = await Promise.all(
    ['x', 'y', 'z'].map((name) =>
      send(
        to('shared.test', 5).map((message) => ({ ...message, messageId: `${name}${message.messageId}` })),
        settings,
        adapter,
      ),
    ),
  )
  expect(shared.seen.most).toBe(1)
  expect(kindsOf(batches.flat())).toEqual(Array(15).fill('accepted'))
  expect(shared.taken).toHaveLength(15)
})

test('what finds no connection for long waits, and is not counted as slowed', async () => {
  zone['full.test'] = { a: ['127.0.0.2'] }
  const answers = await send(to('full.test', 2), {}, makeAdapter({ places: { take: async () => null } }))
  expect(answers).toEqual(
    Array(2).fill(
      expect.objectContaining({ kind: 'throttled', code: 'connections_in_use', scope: 'receiver' }),
    ),
  )
})

test('domains whose servers belong together share their places, and a resting connection gives up its own', async () => {
  for (const [domain, address] of [
    ['a-tenant', '127.0.0.2'],
    ['b-tenant', '127.0.0.3'],
  ] as const) {
    zone[`${domain}.test`] = { mx: [[10, `${domain}.mail.hoster.test`]] }
    zone[`${domain}.mail.hoster.test`] = { a: [address] }
  }
  const a = await receiver('127.0.0.2')
  const b = await receiver('127.0.0.3')
  const adapter = makeAdapter()
  const one = { connections: 1, messages_per_connection: 20 }
  const settings: MxSettings = { limits: { 'a-tenant.test': one, 'b-tenant.test': one } }
  expect(kindsOf(await send(to('a-tenant.test'), settings, adapter))).toEqual(['accepted'])
  expect(kindsOf(await send(to('b-tenant.test'), settings, adapter))).toEqual(['accepted'])
  expect([a.taken.length, b.taken.length]).toEqual([1, 1])
})

test('mail comes from the source addresses in turn', async () => {
  zone['turns.test'] = { a: ['127.0.0.2'] }
  const turns = await receiver('127.0.0.2')
  const settings: MxSettings = {
    source_addresses: ['127.0.0.11', '127.0.0.12'],
    limits: { 'turns.test': { connections: 1, messages_per_connection: 1 } },
  }
  await send(to('turns.test', 4), settings)
  expect(turns.taken.map(({ remote }) => remote).toSorted()).toEqual([
    '127.0.0.11',
    '127.0.0.11',
    '127.0.0.12',
    '127.0.0.12',
  ])
})

test('nothing is connected to for messages whose gate is closed', async () => {
  zone['closed.test'] = { a: ['127.0.0.2'] }
  const closed = await receiver('127.0.0.2')
  const answers: SubmitAnswer[] = []
  await makeAdapter().submit(
    [...to('closed.test', 2), ...to('absent.test', 1)],
    {},
    {
      signal: new AbortController().signal,
      mayBegin: () => false,
      report: (_id, answer) => answers.push(answer),
    },
  )
  expect(kindsOf(answers)).toEqual(['not_begun', 'not_begun', 'not_begun'])
  expect(closed.taken).toHaveLength(0)
})

test('the check names an address this machine has not, and a name without one', async () => {
  zone['mail.acme.test'] = { a: ['127.0.0.2'] }
  const adapter = makeAdapter()
  const { signal } = new AbortController()
  expect(await adapter.check({ source_addresses: ['127.0.0.11'] }, signal)).toMatchObject({
    ok: true,
    detail: expect.stringContaining('127.0.0.2'),
  })
  expect(await adapter.check({ source_addresses: ['198.51.100.9'] }, signal)).toMatchObject({ ok: false })
  expect(await adapter.check({ ehlo_name: 'nameless.acme.test' }, signal)).toMatchObject({ ok: false })
})
