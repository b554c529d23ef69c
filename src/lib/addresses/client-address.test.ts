import { isIP } from 'node:net'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AddressSource, resolveClient } from './client-address.ts'
import { readAddressSource, readTrustedProxies } from './proxy-settings.ts'

const trusted = readTrustedProxies('10.0.0.0/8, 127.0.0.1, 2001:db8:ff::/48')
if (typeof trusted === 'string') throw new Error(trusted)

type Given = {
  readonly peer?: string
  readonly source?: string
  readonly allowPort?: boolean
  readonly headers?: Readonly<Record<string, readonly string[]>>
  readonly preamble?: string | null
}

const resolve = ({
  peer = '10.0.0.1',
  source = 'x-forwarded-for',
  allowPort = false,
  headers = {},
  preamble,
}: Given) =>
  resolveClient(
    { trusted, source: readAddressSource(source) as AddressSource, allowPort },
    { peer, lines: (name) => headers[name] ?? [], ...(preamble === undefined ? {} : { preamble }) },
  )
const forwardedFor = (...lines: string[]) => ({ headers: { 'x-forwarded-for': lines } })
const forwarded = (...lines: string[]) => ({ source: 'forwarded', headers: { forwarded: lines } })

describe('the client', () => {
  test.each<[string, Given, string | null]>([
    [
      'the socket peer that nobody trusts',
      { peer: '203.0.113.9', ...forwardedFor('8.8.8.8') },
      '203.0.113.9',
    ],
    ['the peer in IPv4 spelling', { peer: '::ffff:203.0.113.9' }, '203.0.113.9'],
    ['the first untrusted hop from the right', forwardedFor('1.1.1.1, 203.0.113.9, 10.0.0.2'), '203.0.113.9'],
    ['never what stands left of it', forwardedFor('unknown, 203.0.113.9'), '203.0.113.9'],
    [
      'found over all lines joined in order',
      forwardedFor('203.0.113.9', '10.0.0.3, 10.0.0.2'),
      '203.0.113.9',
    ],
    ['the leftmost where every hop is trusted', forwardedFor('10.0.0.7, 10.0.0.2'), '10.0.0.7'],
    ['a mapped hop in IPv4 spelling', forwardedFor('::ffff:203.0.113.9'), '203.0.113.9'],
    ['a hidden mapped hop', forwardedFor('::ffff:cb00:7109'), '203.0.113.9'],
    [
      'trusted in its mapped spelling too',
      { peer: '::ffff:10.0.0.1', ...forwardedFor('203.0.113.9') },
      '203.0.113.9',
    ],
    ['an IPv6 hop', forwardedFor('2001:DB8::9'), '2001:db8::9'],
    ['a NAT64 address as it stands', forwardedFor('64:ff9b::203.0.113.9'), '64:ff9b::cb00:7109'],
    ['unresolved without the header', {}, null],
    ['unresolved with an empty one', forwardedFor(''), null],
    ['unresolved behind a bad token', forwardedFor('203.0.113.9, unknown'), null],
    ['unresolved behind a trusted hop and a bad token', forwardedFor('203.0.113.9, _x, 10.0.0.2'), null],
    ['unresolved behind an empty token', forwardedFor('203.0.113.9, '), null],
    ['unresolved behind a port', forwardedFor('203.0.113.9:4711'), null],
    [
      'resolved behind a port where that is allowed',
      { allowPort: true, ...forwardedFor('203.0.113.9:4711') },
      '203.0.113.9',
    ],
    ['unresolved in brackets', forwardedFor('[2001:db8::9]'), null],
    ['unresolved in quotes', forwardedFor('"203.0.113.9"'), null],
    ['unresolved with leading zeros', forwardedFor('203.0.113.009'), null],
    ['unresolved with a zone', forwardedFor('fe80::1%eth0'), null],
    [
      'unresolved after 20 hops',
      forwardedFor(['203.0.113.9', ...Array(20).fill('10.0.0.2')].join(',')),
      null,
    ],
    [
      'resolved with 20 hops',
      forwardedFor(['203.0.113.9', ...Array(19).fill('10.0.0.2')].join(',')),
      '203.0.113.9',
    ],
    ['unresolved beyond 1 KiB', forwardedFor(`${' '.repeat(1020)}203.0.113.9`), null],
    ['not read from another header', { headers: { 'x-real-ip': ['203.0.113.9'] } }, null],
    ['not read from Forwarded in this mode', { headers: { forwarded: ['for=203.0.113.9'] } }, null],
    [
      'read from a named header',
      { source: 'header:CF-Connecting-IP', headers: { 'cf-connecting-ip': ['203.0.113.9'] } },
      '203.0.113.9',
    ],
    [
      'unresolved with two lines of it',
      { source: 'header:cf-connecting-ip', headers: { 'cf-connecting-ip': ['203.0.113.9', '203.0.113.9'] } },
      null,
    ],
    [
      'unresolved with two values in it',
      { source: 'header:cf-connecting-ip', headers: { 'cf-connecting-ip': ['1.1.1.1, 203.0.113.9'] } },
      null,
    ],
    ['told by Forwarded', forwarded('for=203.0.113.9;proto=https;by=10.0.0.1'), '203.0.113.9'],
    ['told by several elements', forwarded('for=1.1.1.1, For="203.0.113.9"', 'for=10.0.0.2'), '203.0.113.9'],
    ['told in brackets and quotes', forwarded('for="[2001:db8::9]"'), '2001:db8::9'],
    ['unresolved without the quotes that brackets need', forwarded('for=[2001:db8::9]'), null],
    ['unresolved without brackets around IPv6', forwarded('for="2001:db8::9"'), null],
    ['unresolved with a port in Forwarded', forwarded('for="203.0.113.9:80"'), null],
    [
      'resolved with a port in Forwarded where allowed',
      { allowPort: true, ...forwarded('for="[2001:db8::9]:80"') },
      '2001:db8::9',
    ],
    ['unresolved for unknown', forwarded('for=unknown'), null],
    ['unresolved for a hidden name', forwarded('for=_hidden'), null],
    ['unresolved without for', forwarded('proto=https'), null],
    ['unresolved with two for in one element', forwarded('for=203.0.113.9;for=1.1.1.1'), null],
    ['unresolved with an open quote', forwarded('for="203.0.113.9'), null],
    ['not cut inside quotes', forwarded('for=203.0.113.9;x="a, for=1.1.1.1"'), '203.0.113.9'],
    ['told by the PROXY preamble', { source: 'proxy-protocol', preamble: '203.0.113.9' }, '203.0.113.9'],
    ['unresolved without a preamble', { source: 'proxy-protocol' }, null],
    ['unresolved with one that names nobody', { source: 'proxy-protocol', preamble: null }, null],
    ['unresolved without a peer', { peer: '' }, null],
  ])('is %s', (_name, given, expected) => {
    expect(resolve(given)).toBe(expected)
  })

  test('is an address or unresolved for any bytes', () => {
    const bytes = fc.string({ unit: 'binary', maxLength: 120 })
    const shaped = fc
      .array(
        fc.constantFrom(
          '1',
          '10.0.0.2',
          '203.0.113.9',
          ',',
          ';',
          'for=',
          '"',
          '[',
          ']',
          ':',
          '\\',
          ' ',
          'ffff',
          '::',
          '=',
          '80',
        ),
        {
          maxLength: 16,
        },
      )
      .map((parts) => parts.join(''))
    const lines = fc.array(fc.oneof(bytes, shaped), { maxLength: 4 })
    const sources = fc.constantFrom('x-forwarded-for', 'forwarded', 'header:x-client')
    fc.assert(
      fc.property(sources, fc.boolean(), lines, (source, allowPort, given) => {
        const name = source.replace('header:', '')
        const found = resolve({ source, allowPort, headers: { [name]: given } })
        expect(found === null || isIP(found) !== 0).toBe(true)
        if (found) expect(found.startsWith('::ffff:')).toBe(false)
      }),
      { numRuns: 20_000 },
    )
  })
})

describe('TRUSTED_PROXIES', () => {
  test.each([
    ['10.0.0.0/8'],
    ['10.0.0.1'],
    ['10.0.0.0/8, 192.168.1.0/24 ,2001:db8::/32,::1'],
    ['::ffff:10.0.0.0/104'],
  ])('may be %s', (text) => {
    expect(Array.isArray(readTrustedProxies(text))).toBe(true)
  })

  test('reads a mapped network as the IPv4 network it is', () => {
    expect(readTrustedProxies('::ffff:10.0.0.0/104')).toEqual(readTrustedProxies('10.0.0.0/8'))
  })

  test.each([
    ['true'],
    ['*'],
    ['1'],
    ['loopback'],
    ['0.0.0.0/0'],
    ['::/0'],
    ['::ffff:0:0/96'],
    ['10.0.0.0/08'],
    ['010.0.0.0/8'],
    ['10.1.2.3/8'],
    ['::ffff:10.0.0.0/8'],
    ['0:0:0:0:0:ffff:10.0.0.0/95'],
    ['10.0.0.0/8,'],
    ['10.0.0.0/8,,10.0.0.1'],
    ['10.0.0.0/8;10.0.0.1'],
    ['10.0.0.0/33'],
    ['10.0.0.0/255.0.0.0'],
  ])('is refused as %s', (text) => {
    expect(typeof readTrustedProxies(text)).toBe('string')
  })
})

test.each([
  ['x-forwarded-for', { kind: 'x-forwarded-for' }],
  ['forwarded', { kind: 'forwarded' }],
  ['proxy-protocol', { kind: 'proxy-protocol' }],
  ['header:X-Real-IP', { kind: 'header', name: 'x-real-ip' }],
  ['X-Forwarded-For', null],
  ['header:', null],
  ['header:x y', null],
  ['header:x-forwarded-for', null],
  ['x-real-ip', null],
])('CLIENT_ADDRESS_SOURCE %s is %j', (text, source) => {
  expect(readAddressSource(text)).toEqual(source)
})
