import { describe, expect, test } from 'vitest'
import {
  canonicalHost,
  type GuardRules,
  loopbackNetworks,
  makeOutboundGuard,
  type Resolve,
  type TargetKind,
} from './index.ts'

const guardWith = (rules: Partial<GuardRules> = {}) =>
  makeOutboundGuard({
    allow: [],
    ownHosts: [],
    localAddresses: () => [],
    ownSockets: async () => [],
    ...rules,
  })

const verdict = async (
  host: string,
  port: number,
  rules: Partial<GuardRules> = {},
  kind: TargetKind = 'relay',
): Promise<string> => {
  try {
    const target = await guardWith(rules).vet(kind, host, port)
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

const kinds: readonly (readonly [TargetKind, readonly number[], readonly number[]])[] = [
  ['webhook', [443, 8443], [80, 8080, 25]],
  ['provider', [443, 8443], [80, 8080]],
  ['import', [443, 8443], [80, 21]],
  ['web_push', [443, 8443], [80]],
  ['link_check', [80, 443, 8443], [8080, 22]],
  ['relay', [25, 465, 587, 2525], [2526, 443, 22]],
  ['direct', [25], [465, 587]],
  ['smpp', [1024, 2775, 3550, 65_535], [25, 443, 1023]],
  ['imap', [993], [143, 443]],
  ['sftp', [22], [21, 2222]],
  ['dns', [53], [5353, 443]],
]

describe.each(kinds)('a target of kind %s', (kind, open, closed) => {
  test.each(open.map((port) => [port]))('is reached on port %i of a public address', async (port) => {
    expect(await verdict('8.8.8.8', port, {}, kind)).toBe('public')
  })

  test.each(closed.map((port) => [port]))('is refused on port %i of a public address', async (port) => {
    expect(await verdict('8.8.8.8', port, {}, kind)).toBe('url_refused')
  })

  test('is refused at a private address that is not allowed, and reached on any port at one that is', async () => {
    const [port = 0] = open
    expect(await verdict('10.1.2.3', port, { allow: ['10.1.2.4/32'] }, kind)).toBe('url_refused')
    expect(await verdict('10.1.2.4', 81, { allow: ['10.1.2.4/32'] }, kind)).toBe('allowed private')
  })
})

describe('a name', () => {
  const resolve =
    (...answers: string[][]): Resolve =>
    async () => {
      const next = answers.length > 1 ? answers.shift() : answers[0]
      return (next ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    }

  test.each([
    [['8.8.8.8'], 'public'],
    [['8.8.8.8', '2606:4700::1111'], 'public'],
    [['8.8.8.8', '127.0.0.1'], 'url_refused'],
    [['8.8.8.8', '::ffff:8.8.4.4'], 'url_refused'],
    [['8.8.8.8', 'fe80::1'], 'url_refused'],
    [['8.8.8.8', 'not an address'], 'url_refused'],
    [[], 'dns_failed'],
  ])('that leads to %j is %s', async (addresses, expected) => {
    expect(await verdict('relay.example.com', 587, { resolve: resolve(addresses) })).toBe(expected)
  })

  test('is judged by every answer of its own, so that turning it elsewhere meanwhile helps nobody', async () => {
    const rules = { resolve: resolve(['8.8.8.8'], ['169.254.169.254']) }
    const guard = guardWith(rules)
    expect((await guard.vet('relay', 'turning.example.com', 587)).addresses).toEqual([
      { address: '8.8.8.8', family: 4 },
    ])
    await expect(guard.vet('relay', 'turning.example.com', 587)).rejects.toMatchObject({
      code: 'url_refused',
    })
  })

  test('that leads to the address of the panel is the panel', async () => {
    const rules = { ownHosts: ['panel.example.com'], resolve: resolve(['8.8.8.8']) }
    expect(await verdict('other.example.com', 587, rules)).toBe('url_refused')
  })
})

const urlVerdict = async (kind: TargetKind, address: string, rules: Partial<GuardRules> = {}) => {
  try {
    return (await guardWith(rules).vetUrl(kind, address)).url.href
  } catch (error) {
    return (error as { code: string }).code
  }
}

test.each([
  ['webhook', 'https://8.8.8.8/hook', 'https://8.8.8.8/hook'],
  ['webhook', 'https://8.8.8.8:8443/', 'https://8.8.8.8:8443/'],
  ['webhook', 'http://8.8.8.8/', 'url_refused'],
  ['webhook', 'http://8.8.8.8:443/', 'url_refused'],
  ['webhook', 'https://user@8.8.8.8/', 'url_refused'],
  ['webhook', 'https://user:pw@8.8.8.8/', 'url_refused'],
  ['webhook', 'https://0x7f.1/', 'url_refused'],
  ['webhook', 'https://2130706433/', 'url_refused'],
  ['webhook', 'https://127.0.0.1\\@8.8.8.8/', 'url_refused'],
  ['webhook', 'https://[::ffff:8.8.8.8]/', 'url_refused'],
  ['webhook', 'ftp://8.8.8.8/', 'url_refused'],
  ['webhook', 'javascript:alert(1)', 'url_refused'],
  ['webhook', 'file:///etc/passwd', 'url_refused'],
  ['webhook', '//8.8.8.8/', 'url_refused'],
  ['link_check', 'http://8.8.8.8/', 'http://8.8.8.8/'],
  ['link_check', 'http://8.8.8.8:443/', 'url_refused'],
  ['link_check', 'https://8.8.8.8:80/', 'url_refused'],
] as const)('an address for %s: %s is %s', async (kind, address, expected) => {
  expect(await urlVerdict(kind, address)).toBe(expected)
})

test('plain http and any port lead to an allowed private target, a user in the address does not', async () => {
  const rules = { allow: ['10.0.0.0/8'] }
  expect(await urlVerdict('webhook', 'http://10.1.2.3:81/x', rules)).toBe('http://10.1.2.3:81/x')
  expect(await urlVerdict('webhook', 'http://u@10.1.2.3:81/x', rules)).toBe('url_refused')
})
