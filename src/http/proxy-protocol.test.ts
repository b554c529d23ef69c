import { type AddressInfo, connect } from 'node:net'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, describe, expect, test } from 'vitest'
import type { ProxySettings } from '../lib/addresses/client-address.ts'
import { readTrustedProxies } from '../lib/addresses/proxy-settings.ts'
import { clientAddress } from './client-address.ts'
import { acceptProxyProtocol } from './proxy-protocol.ts'

const signature = '0d0a0d0a000d0a515549540a'
const v4 = (source: number[], command = '21') =>
  Buffer.concat([
    Buffer.from(`${signature}${command}11000c`, 'hex'),
    Buffer.from([...source, 10, 0, 0, 1, 0x12, 0x34, 0, 80]),
  ])
const v6 = (source: string) => Buffer.from(`${signature}21210024${source}${'00'.repeat(15)}0112340050`, 'hex')

const serving: FastifyInstance[] = []
afterAll(() => Promise.all(serving.map((app) => app.close())))

const serve = async (trustedProxies: string): Promise<number> => {
  const trusted = readTrustedProxies(trustedProxies)
  const proxies: ProxySettings = {
    trusted: typeof trusted === 'string' ? [] : trusted,
    source: { kind: 'proxy-protocol' },
    allowPort: false,
  }
  const app = Fastify()
  app.decorate('proxies', proxies)
  acceptProxyProtocol(app.server, proxies)
  app.get('/', async (request) => ({ address: clientAddress(request) }))
  await app.listen({ host: '127.0.0.1', port: 0 })
  serving.push(app)
  return (app.server.address() as AddressInfo).port
}

const request = 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 8.8.8.8\r\nConnection: close\r\n\r\n'

/** Writes the parts one after another and reads until the server ends the connection. */
const talk = (port: number, ...parts: (string | Buffer)[]): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setNoDelay(true)
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
    const next = () => {
      const part = parts.shift()
      if (part !== undefined) socket.write(part, () => setImmediate(next))
    }
    socket.on('connect', next)
  })
const addressIn = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('{'))).address

describe('behind a proxy that speaks PROXY protocol v2', async () => {
  const port = await serve('127.0.0.1')

  test.each<[string, Buffer, string | null]>([
    ['an IPv4 client', v4([203, 0, 113, 9]), '203.0.113.9'],
    ['an IPv6 client', v6('20010db8000000000000000000000009'), '2001:db8::9'],
    ['a mapped client as IPv4', v6('00000000000000000000ffffcb007109'), '203.0.113.9'],
    ['the proxy itself for LOCAL', v4([203, 0, 113, 9], '20'), '127.0.0.1'],
    ['nobody for an unknown family', Buffer.from(`${signature}21000000`, 'hex'), null],
  ])('the client is %s', async (_name, preamble, address) => {
    expect(addressIn(await talk(port, preamble, request))).toBe(address)
    expect(addressIn(await talk(port, Buffer.concat([preamble, Buffer.from(request)])))).toBe(address)
    const [first, rest] = [preamble.subarray(0, 7), preamble.subarray(7)]
    expect(addressIn(await talk(port, first, rest, request))).toBe(address)
  })

  test('a connection without a preamble is served, its client unresolved', async () => {
    expect(addressIn(await talk(port, request))).toBeNull()
  })

  test.each([
    ['of another version', Buffer.from(`${signature}31110000`, 'hex')],
    ['of another command', Buffer.from(`${signature}22110000`, 'hex')],
    ['longer than any proxy sends', Buffer.from(`${signature}2111ffff`, 'hex')],
  ])('a preamble %s is not answered', async (_name, preamble) => {
    expect(await talk(port, preamble, request)).toBe('')
  })
})

test('nobody else’s preamble is read', async () => {
  const port = await serve('10.0.0.0/8')
  expect(await talk(port, v4([203, 0, 113, 9]), request)).toMatch(/^HTTP\/1\.1 400/)
  expect(addressIn(await talk(port, request))).toBe('127.0.0.1')
})
