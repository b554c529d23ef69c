import { describe, expect, test } from 'vitest'
import { canonicalHost, type GuardRules, loopbackNetworks, makeOutboundGuard, smtpPorts } from './index.ts'

const guardWith = (rules: Partial<GuardRules> = {}) =>
  makeOutboundGuard({
    allow: [],
    ownHosts: [],
    localAddresses: () => [],
    ownSockets: async () => [],
    ...rules,
  })

const verdict = async (host: string, port: number, rules: Partial<GuardRules> = {}): Promise<string> => {
  try {
    const target = await guardWith(rules).vet(host, port, smtpPorts)
    return target.allowedPrivate ? 'allowed private' : 'public'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('without an allow list', () => {
  test.each([
    ['0.0.0.0'],
    ['10.0.0.1'],
    ['100.64.0.1'],
    ['127.0.0.1'],
    ['169.254.169.254'],
    ['172.16.0.1'],
    ['172.31.255.255'],
    ['192.0.0.8'],
    ['192.0.2.1'],
    ['192.88.99.1'],
    ['192.168.1.1'],
    ['198.19.255.255'],
    ['198.51.100.7'],
    ['203.0.113.9'],
    ['224.0.0.1'],
    ['255.255.255.255'],
    ['::'],
    ['::1'],
    ['[::1]'],
    ['::ffff:8.8.8.8'],
    ['::ffff:127.0.0.1'],
    ['::7f00:1'],
    ['64:ff9b::808:808'],
    ['64:ff9b:1::1'],
    ['100::1'],
    ['2001::1'],
    ['2001:db8::1'],
    ['2002:7f00:1::'],
    ['3fff::1'],
    ['5f00::1'],
    ['fc00::1'],
    ['fdff::1'],
    ['fe80::1'],
    ['fec0::1'],
    ['ff02::1'],
    ['2130706433'],
    ['0x7f.1'],
    ['localhost'],
    ['fe80::1%lo'],
    ['127.0.0.1/8'],
    ['user@8.8.8.8'],
    ['8.8.8.8:25'],
    [''],
  ])('%s is refused', async (host) => {
    expect(await verdict(host, 587)).toBe('url_refused')
  })

  test.each([
    ['8.8.8.8', 25],
    ['8.8.8.8', 465],
    ['8.8.8.8', 587],
    ['8.8.8.8', 2525],
    ['172.32.0.1', 587],
    ['100.128.0.1', 587],
    ['2606:4700::1111', 587],
    ['[2606:4700::1111]', 587],
  ])('%s on port %i is a public relay', async (host, port) => {
    expect(await verdict(host, port)).toBe('public')
  })

  test.each([[22], [80], [443], [5432], [6379], [2526]])(
    'port %i of a public address is refused',
    async (port) => {
      expect(await verdict('8.8.8.8', port)).toBe('url_refused')
    },
  )
})

describe('with loopback allowed', () => {
  const allow = [...loopbackNetworks]

  test.each([['127.0.0.1'], ['127.9.9.9'], ['::1'], ['localhost'], ['LOCALHOST.']])(
    '%s is an allowed private target on any port',
    async (host) => {
      expect(await verdict(host, 1025, { allow })).toBe('allowed private')
    },
  )

  test.each([['::ffff:127.0.0.1'], ['10.0.0.1'], ['0.0.0.0']])('%s stays refused', async (host) => {
    expect(await verdict(host, 587, { allow })).toBe('url_refused')
  })

  test('the own sockets of panel, database and metrics stay refused, their neighbours not', async () => {
    const ownSockets = async () => [{ address: '127.0.0.1', port: 5432 }]
    expect(await verdict('127.0.0.1', 5432, { allow, ownSockets })).toBe('url_refused')
    expect(await verdict('localhost', 5432, { allow, ownSockets })).toBe('url_refused')
    expect(await verdict('127.0.0.9', 5432, { allow, ownSockets })).toBe('url_refused')
    expect(await verdict('::1', 5432, { allow, ownSockets })).toBe('url_refused')
    expect(await verdict('127.0.0.1', 5433, { allow, ownSockets })).toBe('allowed private')
  })

  test('a socket open on every address is refused on each of them', async () => {
    const rules = {
      allow: [...allow, '192.168.7.0/24'],
      localAddresses: () => ['192.168.7.5'],
      ownSockets: async () => [{ address: '0.0.0.0', port: 8420 }],
    }
    expect(await verdict('127.0.0.1', 8420, rules)).toBe('url_refused')
    expect(await verdict('192.168.7.5', 8420, rules)).toBe('url_refused')
    expect(await verdict('192.168.7.6', 8420, rules)).toBe('allowed private')
  })
})

test('the own public host and addresses are refused unless they are allowed', async () => {
  const own = { ownHosts: ['8.8.8.8'], localAddresses: () => ['8.8.4.4'] }
  expect(await verdict('8.8.8.8', 587, own)).toBe('url_refused')
  expect(await verdict('8.8.4.4', 587, own)).toBe('url_refused')
  expect(await verdict('8.8.4.4', 587, { ...own, allow: ['8.8.4.4/32'] })).toBe('allowed private')
})

test('a name that does not exist is told apart from a refused one', async () => {
  expect(await verdict('no-such-host.invalid', 587)).toBe('dns_failed')
})

test.each([
  ['Relay.Example.COM.', 'relay.example.com'],
  ['poczta.żółw.pl', 'poczta.xn--w-uga1v8h.pl'],
  ['my_relay', 'my_relay'],
  ['[2606:4700:0::1111]', '2606:4700::1111'],
  ['a b', null],
  ['-bad.example', null],
  ['a..b', null],
  ['http://x', null],
])('the host %s is read as %s', (given, canonical) => {
  expect(canonicalHost(given)).toBe(canonical)
})
