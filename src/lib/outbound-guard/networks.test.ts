import { BlockList } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalHost } from './host.ts'
import { isDenied, networkSet } from './networks.ts'

/** The table of the specification once more, by hand, for an oracle that shares nothing with the code. */
const table4 =
  '0/8 10/8 100.64/10 127/8 169.254/16 172.16/12 192.0.0/24 192.0.2/24 192.88.99/24 192.168/16 198.18/15 198.51.100/24 203.0.113/24 224/3'
const table6 =
  ':: ::1 ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/32 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8'

const oracle4 = new BlockList()
for (const entry of table4.split(' ')) {
  const [head = '', prefix] = entry.split('/')
  oracle4.addSubnet([...head.split('.'), '0', '0', '0'].slice(0, 4).join('.'), Number(prefix), 'ipv4')
}
const oracle6 = new BlockList()
for (const entry of table6.split(' ')) {
  const [head = '', prefix] = entry.split('/')
  oracle6.addSubnet(head, Number(prefix ?? 128), 'ipv6')
}

const octets = fc.tuple(...([0, 1, 2, 3] as const).map(() => fc.integer({ min: 0, max: 255 })))
const v4 = octets.map((parts) => parts.join('.'))
/** Near the edges of the table as often as anywhere. */
const starts = ['0', '64', '100', '2001', '2001:db8', '2002', '3fff', '5f00', 'fc00', 'fe80', 'fec0', 'ff00']
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16))
const v6 = fc.oneof(
  fc.array(group, { minLength: 8, maxLength: 8 }).map((groups) => groups.join(':')),
  fc.tuple(fc.constantFrom(...starts), group).map(([start, end]) => `${start}::${end}`),
)

test('every IPv4 address is judged as the table says', () => {
  fc.assert(
    fc.property(v4, (address) => {
      expect(isDenied(address)).toBe(oracle4.check(address, 'ipv4'))
    }),
    { numRuns: 5_000 },
  )
})

test('every IPv6 address is judged as the table says, mapped ones are denied all', () => {
  const mapped = new BlockList()
  mapped.addSubnet('::ffff:0:0', 96, 'ipv6')
  fc.assert(
    fc.property(v6, (address) => {
      const expected = oracle6.check(address, 'ipv6') || mapped.check(address, 'ipv6')
      expect(isDenied(address)).toBe(expected)
    }),
    { numRuns: 5_000 },
  )
})

test('an IPv4 address hidden in another spelling is judged like the plain one, or is no host at all', () => {
  const spellings = octets.map((parts) => {
    const value = parts.reduce((sum, part) => sum * 256 + part, 0)
    const [a = 0, b = 0, c = 0, d = 0] = parts
    return {
      plain: parts.join('.'),
      hidden: [
        String(value),
        `0x${value.toString(16)}`,
        `0${value.toString(8)}`,
        `0x${a.toString(16)}.${b}.${c}.${d}`,
        `${a}.${b}.${c * 256 + d}`,
        `${a}.${b * 65_536 + c * 256 + d}`,
        `${a}.${b}.${c}.${d}.`,
      ],
    }
  })
  fc.assert(
    fc.property(spellings, ({ plain, hidden }) => {
      for (const spelling of hidden) {
        const host = canonicalHost(spelling)
        expect([spelling, host === null ? isDenied(plain) : isDenied(host)]).toEqual([
          spelling,
          isDenied(plain),
        ])
      }
    }),
    { numRuns: 500 },
  )
})

test('whatever text is given, it is either a plain address or denied', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), (text) => {
      expect(isDenied(text) || /^[\da-f.:]+$/i.test(text)).toBe(true)
    }),
    { numRuns: 5_000 },
  )
})

test('a rule that is no network stops the program instead of matching nothing', () => {
  expect(() => networkSet(['10.0.0.1/8'])).toThrow()
  expect(() => networkSet(['10.0.0.0'])).toThrow()
})
