import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress } from './address.ts'

const spelled = (text: string): string | null => {
  const address = parseAddress(text)
  return address && formatAddress(address)
}

describe('an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['::192.0.2.33', '::c000:221'],
  ])('%s is %s', (text, canonical) => {
    expect(spelled(text)).toBe(canonical)
    expect(spelled(canonical)).toBe(canonical)
  })

  it.each([
    '',
    ' 203.0.113.7',
    '203.0.113.07',
    '010.0.0.1',
    '0x7f.0.0.1',
    '127.1',
    '2130706433',
    '203.0.113.256',
    '203.0.113.7:80',
    '[::1]',
    'fe80::1%eth0',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1::2::3',
    ':1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7::8:9',
    '::ffff:1.2.3',
    '::1.2.3.4.5',
    '1.2.3.4::',
    'g::1',
    '٢٠٣.0.113.7',
    '203.0.113.7\u0000',
    'localhost',
    'unknown',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeNull()
  })

  it('agrees with the runtime on what is one, over random spellings', () => {
    const signs = ['0', '1', '12', '255', '256', 'f', 'ffff', '.', ':', '::', 'db8']
    let state = 7
    const next = (max: number): number => {
      state = (state * 48_271) % 2_147_483_647
      return state % max
    }
    for (let n = 0; n < 20_000; n += 1) {
      const text = Array.from({ length: 1 + next(16) }, () => signs[next(signs.length)]).join('')
      expect([text, parseAddress(text) !== null]).toEqual([text, isIP(text) !== 0])
    }
  })
})
