import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AppError } from '../../http/errors.ts'
import { parseEntry, readEntryList, refuseWideUnion, sizeOf } from './entry.ts'

const strict = { allowPrivate: false, allowLoopback: false }
const lenient = { allowPrivate: true, allowLoopback: true }
const read = (text: string, rules = strict) => {
  const entry = parseEntry(text, rules)
  return 'refused' in entry
    ? entry
    : { address: entry.canonical, kind: entry.kind, size: String(sizeOf(entry)) }
}

describe('an entry', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7', 'address', '1'],
    ['203.0.113.7/32', '203.0.113.7', 'address', '1'],
    ['  203.0.113.7  ', '203.0.113.7', 'address', '1'],
    ['203.0.113.0/24', '203.0.113.0/24', 'cidr', '256'],
    ['203.0.113.0/255.255.255.0', '203.0.113.0/24', 'mask', '256'],
    ['203.0.113.0 255.255.255.0', '203.0.113.0/24', 'mask', '256'],
    ['203.0.113.7/255.255.255.255', '203.0.113.7', 'address', '1'],
    ['203.0.113.*', '203.0.113.0/24', 'mask', '256'],
    ['203.0.*.*', '203.0.0.0/16', 'mask', '65536'],
    ['203.*.*.*', '203.0.0.0/8', 'mask', '16777216'],
    ['203.0.113.10-203.0.113.20', '203.0.113.10-203.0.113.20', 'range', '11'],
    ['203.0.113.10-20', '203.0.113.10-203.0.113.20', 'range', '11'],
    ['203.0.113.10-10', '203.0.113.10', 'address', '1'],
    ['203.0.113.0-255', '203.0.113.0-203.0.113.255', 'range', '256'],
    ['2001:DB8:1::/48', '2001:db8:1::/48', 'cidr', '1208925819614629174706176'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1', 'address', '1'],
    ['2001:db8::1/128', '2001:db8::1', 'address', '1'],
    ['2001:db8::1-2001:db8::ff', '2001:db8::1-2001:db8::ff', 'range', '255'],
    ['::ffff:203.0.113.7', '203.0.113.7', 'address', '1'],
    ['::FFFF:cb00:7107', '203.0.113.7', 'address', '1'],
    ['::ffff:203.0.113.0/120', '203.0.113.0/24', 'cidr', '256'],
    ['::ffff:203.0.113.1-::ffff:203.0.113.9', '203.0.113.1-203.0.113.9', 'range', '9'],
    ['192.0.2.0/24', '192.0.2.0/24', 'cidr', '256'],
    ['198.51.100.0/24', '198.51.100.0/24', 'cidr', '256'],
    ['8.0.0.0/8', '8.0.0.0/8', 'cidr', '16777216'],
    ['2a00::/32', '2a00::/32', 'cidr', String(2n ** 96n)],
  ])('%s is %s', (text, address, kind, size) => {
    expect(read(text)).toEqual({ address, kind, size })
  })

  test.each([
    ['203.0.113.0/255.0.255.0', 'mask_not_contiguous'],
    ['203.0.113.0 0.0.0.255', 'mask_not_contiguous'],
    ['203.0.113.0/255.255.255.253', 'mask_not_contiguous'],
    ['203.0.113.20-203.0.113.10', 'range_invalid'],
    ['203.0.113.20-10', 'range_invalid'],
    ['203.0.113.1-2001:db8::1', 'range_invalid'],
    ['2001:db8::1-203.0.113.1', 'range_invalid'],
    ['::ffff:203.0.113.0/95', 'mapped_prefix'],
    ['::ffff:0:0/0', 'mapped_prefix'],
    ['0:0:0:0:0:ffff:203.0.113.0/24', 'mapped_prefix'],
    ['10.1.2.3/8', 'host_bits_set', '10.0.0.0/8'],
    ['203.0.113.7/24', 'host_bits_set', '203.0.113.0/24'],
    ['203.0.113.7 255.255.255.0', 'host_bits_set', '203.0.113.0/24'],
    ['2001:db8::1/48', 'host_bits_set', '2001:db8::/48'],
    ['::ffff:203.0.113.7/120', 'host_bits_set', '203.0.113.0/24'],
    ['::192.0.2.1', 'embedded_ipv4'],
    ['::2', 'embedded_ipv4'],
    ['2002:cb00:7107::/48', 'embedded_ipv4'],
    ['2001:0:1::/48', 'embedded_ipv4'],
    ['2001::/32', 'embedded_ipv4'],
    ['64:ff9b::203.0.113.7', 'embedded_ipv4'],
    ['64:ff9b:1::/48', 'embedded_ipv4'],
    ['64:ff9b::/40', 'embedded_ipv4'],
    ['::fffe:ffff:ffff-::1:0:0:1', 'embedded_ipv4'],
    ['::ffff:ffff:fffe-::1:0:0:0', 'range_invalid'],
    ['::/80', 'embedded_ipv4'],
    ['::', 'reserved_address'],
    ['fe80::1', 'reserved_address'],
    ['ff02::1', 'reserved_address'],
    ['169.254.1.1', 'reserved_address'],
    ['224.0.0.1', 'reserved_address'],
    ['239.0.0.0/8', 'reserved_address'],
    ['0.0.0.0', 'reserved_address'],
    ['0.1.2.3', 'reserved_address'],
    ['240.0.0.1', 'reserved_address'],
    ['255.255.255.255', 'reserved_address'],
    ['169.253.0.0-169.254.0.1', 'reserved_address'],
    ['10.0.0.1', 'private_address'],
    ['172.16.0.0/12', 'private_address'],
    ['172.0.0.0/8', 'private_address'],
    ['192.168.1.1', 'private_address'],
    ['100.64.0.1', 'private_address'],
    ['fd00::1', 'private_address'],
    ['127.0.0.1', 'private_address'],
    ['::1', 'private_address'],
    ['0.0.0.0/0', 'too_wide'],
    ['*.*.*.*', 'too_wide'],
    ['::/0', 'too_wide'],
    ['8.0.0.0/7', 'too_wide'],
    ['8.0.0.0-9.0.0.0', 'too_wide'],
    ['2a00::/31', 'too_wide'],
    ['2a00::-2a00:1::', 'too_wide'],
  ])('%s is refused: %s', (text, refused, suggestion?: string) => {
    expect(read(text)).toEqual({ refused, ...(suggestion ? { suggestion } : {}) })
  })

  test.each([
    '',
    ' ',
    '\t203.0.113.7',
    '203.0.113.7\n',
    '203.0.113.7\r\n',
    '203.0.113.7\u0000',
    '203.0.113.07',
    '010.0.0.1',
    '0x7f.0.0.1',
    '127.1',
    '2130706433',
    '203.0.113.256',
    '203.0.113.7:443',
    '[2001:db8::1]',
    'fe80::1%eth0',
    '2001:db8::1%1',
    '٢٠٣.0.113.7',
    '２０３.0.113.7',
    'localhost',
    'example.com',
    '203.0.113.0/33',
    '203.0.113.0/024',
    '203.0.113.0/',
    '203.0.113.0/-1',
    '203.0.113.0/+24',
    '203.0.113.0/24/24',
    '2001:db8::/129',
    '2001:db8::/255.255.255.0',
    '::ffff:203.0.113.0/255.255.255.0',
    '203.0.113.0  255.255.255.0',
    '203.0.113.0 24',
    '203.0.113.0/255.255.255.0.0',
    '203.0.113.0/255.255.255.00',
    '203.*.113.*',
    '*',
    '203.0.*',
    '203.0.113.**',
    '*.0.113.7',
    '203.0.113.*/24',
    '203.0.113.10 - 203.0.113.20',
    '203.0.113.10-256',
    '203.0.113.10-020',
    '203.0.113.10-20-30',
    '203.0.113.10-',
    '-203.0.113.10',
    '2001:db8::1-ff',
    '2001:db8::1-10',
    '1:2:3:4:5:6:7',
    '::ffff:1.2.3',
    `203.0.113.7${' '.repeat(60)}`,
    'a'.repeat(65),
    '203.0.113.7,203.0.113.8',
    '\ud800',
  ])('%j is no address', (text) => {
    expect(read(text)).toEqual({ refused: 'bad_address' })
  })

  test.each([
    ['10.0.0.0/8', '10.0.0.0/8'],
    ['127.0.0.1', '127.0.0.1'],
    ['::1', '::1'],
    ['fd00::/8', null],
    ['fd00::/32', 'fd00::/32'],
  ])('%s may be listed where private networks call', (text, address) => {
    expect(parseEntry(text, lenient)).toMatchObject(
      address === null ? { refused: 'too_wide' } : { canonical: address },
    )
  })

  test('loopback is for a loopback panel alone', () => {
    expect(read('127.0.0.1', { allowPrivate: true, allowLoopback: false })).toEqual({
      refused: 'private_address',
    })
  })

  test.each([
    ['2001:db8::1', ['host_address_v6']],
    ['2001:db8::/64', []],
    ['2a00::/39', ['wide_range']],
    ['2a00::/40', []],
    ['8.0.0.0/15', ['wide_range']],
    ['8.0.0.0/16', []],
    ['203.0.113.7', []],
  ])('%s carries the warnings %j', (text, warnings) => {
    expect(parseEntry(text, strict)).toMatchObject({ warnings })
  })
})

describe('a list', () => {
  const eighths = (count: number) =>
    Array.from({ length: count }, (_, n) => parseEntry(`${n + 11}.0.0.0/8`, lenient)).flatMap((entry) =>
      'refused' in entry ? [] : [entry],
    )

  test('of a quarter of all IPv4 addresses guards nothing', () => {
    expect(() => refuseWideUnion(eighths(63))).not.toThrow()
    expect(() => refuseWideUnion(eighths(64))).toThrow(AppError)
    expect(() => refuseWideUnion([...eighths(63), ...eighths(63)])).not.toThrow()
  })

  test('names the entry that is refused, and leaves repeats out', () => {
    expect(readEntryList(['203.0.113.7', '203.0.113.7/32'], strict, '/cidrs')).toHaveLength(1)
    expect(() => readEntryList(['203.0.113.7', 'x'], strict, '/cidrs')).toThrow(
      expect.objectContaining({ code: 'bad_address', members: { pointer: '/cidrs/1' } }),
    )
  })
})

/** Reads plain spellings by string and BigInt arithmetic of its own. */
const oracleV4 = (text: string): bigint =>
  0xffff_0000_0000n + text.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n)
const oracleV6 = (groups: readonly number[]): bigint =>
  groups.reduce((value, group) => value * 65_536n + BigInt(group), 0n)

const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255)).map((octets) => octets.join('.'))
const v6 = fc.array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })

describe('over random addresses', () => {
  test('an IPv4 network holds exactly what arithmetic says', () => {
    fc.assert(
      fc.property(v4, fc.integer({ min: 8, max: 32 }), v4, (base, prefix, other) => {
        const size = 1n << BigInt(32 - prefix)
        const lo = oracleV4(base) - (oracleV4(base) % size)
        const aligned = [24n, 16n, 8n, 0n].map((shift) => (lo >> shift) & 255n).join('.')
        const entry = parseEntry(`${aligned}/${prefix}`, lenient)
        if ('refused' in entry) return entry.refused === 'reserved_address'
        const inside = (value: bigint) => value >= entry.lo && value <= entry.hi
        const expected = (value: bigint) => value - (value % size) === lo
        return inside(oracleV4(other)) === expected(oracleV4(other)) && inside(oracleV4(base))
      }),
      { numRuns: 50_000 },
    )
  })

  test('an IPv6 network holds exactly what arithmetic says', () => {
    fc.assert(
      fc.property(v6, fc.integer({ min: 32, max: 128 }), v6, (base, prefix, other) => {
        const size = 1n << BigInt(128 - prefix)
        const lo = oracleV6(base) - (oracleV6(base) % size)
        const aligned = Array.from({ length: 8 }, (_, n) =>
          ((lo >> BigInt(112 - 16 * n)) & 0xffffn).toString(16),
        ).join(':')
        const entry = parseEntry(`${aligned}/${prefix}`, lenient)
        if ('refused' in entry) return true
        const value = oracleV6(other)
        return (
          entry.lo === lo &&
          entry.hi === lo + size - 1n &&
          (value >= entry.lo && value <= entry.hi) === (value - (value % size) === lo)
        )
      }),
      { numRuns: 50_000 },
    )
  })

  test('the canonical text parses to the same bytes', () => {
    const anything = fc.oneof(
      v4,
      v6.map((groups) => groups.map((group) => group.toString(16)).join(':')),
      fc.tuple(v4, fc.nat(32)).map(([base, prefix]) => `${base}/${prefix}`),
      fc.tuple(v4, v4).map(([from, to]) => `${from}-${to}`),
      fc.tuple(v4, fc.nat(255)).map(([from, to]) => `${from}-${to}`),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const entry = parseEntry(text, lenient)
        if ('refused' in entry) return
        const again = parseEntry(entry.canonical, lenient)
        expect(again).toMatchObject({ lo: entry.lo, hi: entry.hi, canonical: entry.canonical })
      }),
      { numRuns: 20_000 },
    )
  })

  test('no text is read as an entry that another library would not call an address, and none throws', () => {
    const signs = fc.constantFrom(
      '0',
      '1',
      '25',
      '255',
      'f',
      'ffff',
      '.',
      ':',
      '::',
      '/',
      '-',
      '*',
      ' ',
      '%',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(signs, { maxLength: 14 }), (parts) => {
        const entry = parseEntry(parts.join(''), lenient)
        if (!('refused' in entry)) expect(entry.lo <= entry.hi).toBe(true)
      }),
      { numRuns: 20_000 },
    )
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        parseEntry(text, lenient)
      }),
    )
  })
})
