import { describe, expect, test } from 'vitest'
import { fromBase32, hotp, otpauthUri, stepAt, stepOf, toBase32 } from './totp.ts'

const secret = Buffer.from('12345678901234567890')

describe('the vectors of RFC 4226, appendix D', () => {
  const codes = [
    '755224',
    '287082',
    '359152',
    '969429',
    '338314',
    '254676',
    '287922',
    '162583',
    '399871',
    '520489',
  ]
  test.each(codes.map((code, counter) => [counter, code] as const))(
    'counter %i gives %s',
    (counter, code) => {
      expect(hotp(secret, counter)).toBe(code)
    },
  )
})

describe('the vectors of RFC 6238, appendix B, for SHA-1', () => {
  test.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ] as const)('second %i gives %s', (second, code) => {
    expect(hotp(secret, stepAt(new Date(second * 1000)), 8)).toBe(code)
  })
})

describe('a code of an app whose clock is off', () => {
  const now = new Date('2026-11-22T12:00:10Z')
  test.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('by %i steps: taken = %s', (drift, taken) => {
    const step = stepAt(now) + drift
    expect(stepOf(secret, hotp(secret, step), now)).toBe(taken ? step : null)
  })
  test.each(['', '12345', '1234567', '١٢٣٤٥٦', 'abcdef'])('%j is no code', (code) => {
    expect(stepOf(secret, code, now)).toBe(null)
  })
})

describe('base32', () => {
  test.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %j as RFC 4648 does: %s', (plain, text) => {
    expect(toBase32(Buffer.from(plain))).toBe(text)
  })
  test('reads what it wrote, in any case and with spaces', () => {
    expect(fromBase32(` ${toBase32(secret).toLowerCase()} `)).toEqual(secret)
  })
  test.each(['', '1', 'A!', 'ą'])('does not read %j', (text) => {
    expect(fromBase32(text)).toBe(null)
  })
})

test('the key URI keeps names with signs apart from its own grammar', () => {
  expect(otpauthUri('ABC', 'Campanile', 'a:b?c@x.test')).toBe(
    'otpauth://totp/Campanile:a%3Ab%3Fc%40x.test?secret=ABC&issuer=Campanile&algorithm=SHA1&digits=6&period=30',
  )
})
