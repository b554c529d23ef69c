import { describe, expect, it } from 'vitest'
import { canonicalJson, storableJson } from './canonical-json.ts'

describe('canonical JSON', () => {
  it('is the example of RFC 8785 §3.2.2', () => {
    const value = JSON.parse(
      '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    )
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('orders names by UTF-16 code units (RFC 8785 §3.2.3)', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6']
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])))
    expect(Object.keys(JSON.parse(text))).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\u{1f600}',
      '\ufb33',
    ])
  })

  it('has no word for infinity and leaves out what is undefined', () => {
    expect(() => canonicalJson(Number.NaN)).toThrow(TypeError)
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}')
  })
})

it('what a database cannot keep is replaced, whatever its depth', () => {
  const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ inner }), 1)
  expect(JSON.stringify(storableJson(deep)).length).toBeLessThan(200)
  expect(
    storableJson({ a: 'x\0', b: '\ud800', c: 1n, d: Number.NaN, e: new Date(0), f: new Set([1]) }),
  ).toEqual({
    a: 'x\ufffd',
    b: '\ufffd',
    c: '1',
    d: null,
    e: '1970-01-01T00:00:00.000Z',
    f: [1],
  })
})
