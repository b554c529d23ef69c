import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { factorAt, fullAt, slowDown } from './back-off.ts'
import { hourMs, minuteMs, type Rate, scaled, takeTokens, tokensOf } from './rate.ts'
import { isSlowing } from './rate-words.ts'
import { ratesOf, shapeOf, usualLimits } from './rules.ts'

const start = new Date('2026-11-23T10:00:00Z')
const past = (ms: number) => new Date(start.getTime() + ms)

/** Takes whatever it may, every so often; the times of all messages. */
const sendAll = (rate: Rate, everyMs: number, untilMs: number): number[] => {
  const times: number[] = []
  let from: Date | null = null
  for (let ms = 0; ms < untilMs; ms += everyMs) {
    const count = tokensOf(from, past(ms), rate)
    if (count > 0) from = takeTokens(from, past(ms), rate, count)
    for (let n = 0; n < count; n += 1) times.push(ms)
  }
  return times
}

const mostWithin = (times: readonly number[], windowMs: number): number => {
  let first = 0
  let most = 0
  for (const [n, time] of times.entries()) {
    while ((times[first] ?? 0) <= time - windowMs) first += 1
    most = Math.max(most, n - first + 1)
  }
  return most
}

describe('a limit', () => {
  test.each([
    [1, minuteMs],
    [2, minuteMs],
    [60, minuteMs],
    [1_000, minuteMs],
    [1, hourMs],
    [60, hourMs],
    [3_600, hourMs],
  ])('of %i in %i ms is never passed in any span of that length, and nearly reached', (amount, windowMs) => {
    const times = sendAll({ amount, windowMs }, windowMs / 600, windowMs * 3)
    expect(mostWithin(times, windowMs)).toBeLessThanOrEqual(amount)
    expect(times.length / 3).toBeGreaterThan(amount * 0.85)
  })

  test('holds whatever the pauses between two looks are', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 5, maxLength: 60 }),
        (amount, pauses) => {
          const rate = { amount, windowMs: minuteMs }
          let from: Date | null = null
          let ms = 0
          const times: number[] = []
          for (const pause of pauses) {
            ms += pause
            const count = tokensOf(from, past(ms), rate)
            if (count > 0) from = takeTokens(from, past(ms), rate, count)
            for (let n = 0; n < count; n += 1) times.push(ms)
          }
          return mostWithin(times, minuteMs) <= amount
        },
      ),
    )
  })

  test('keeps at least one message when it is scaled down', () => {
    expect(scaled({ amount: 3, windowMs: minuteMs }, 1 / 64).amount).toBe(1)
  })
})

describe('a receiver that slows us', () => {
  const slowed = slowDown({ factor: 1, slowedAt: null }, start)

  test.each([
    [0, 0.5],
    [14 * 60 + 59, 0.5],
    [15 * 60, 0.5],
    [20 * 60 - 1, 0.5],
    [20 * 60, 0.6],
    [25 * 60, 0.7],
    [40 * 60, 1],
    [24 * 3_600, 1],
  ])('after %i clean seconds gets a share of %f', (seconds, factor) => {
    expect(factorAt(slowed, past(seconds * 1_000))).toBe(factor)
  })

  test('in one burst halves once, later again', () => {
    expect(slowDown(slowed, past(30_000))).toEqual({ factor: 0.5, slowedAt: past(30_000) })
    expect(slowDown(slowed, past(61_000))).toEqual({ factor: 0.25, slowedAt: past(61_000) })
    expect(slowDown(slowed, past(22 * 60_000)).factor).toBe(0.3)
  })

  test('never falls silent', () => {
    let state = slowed
    for (let minute = 2; minute < 60; minute += 2) state = slowDown(state, past(minute * 60_000))
    expect(state.factor).toBe(1 / 64)
  })

  test('tells when the full rate is back', () => {
    expect(fullAt(slowed, start)).toEqual(past(40 * 60_000))
    expect(fullAt(slowed, past(41 * 60_000))).toBeNull()
    expect(fullAt({ factor: 1, slowedAt: null }, start)).toBeNull()
  })
})

test.each([
  ['421 4.3.0 closing', '4.3.0', true],
  ['421 busy', '421', true],
  ['450 4.7.1 Too many messages from your address', '4.7.1', true],
  ['451 4.7.500 Server busy. Please try again later', '4.7.500', true],
  ['452 4.7.28 unusual rate of unsolicited mail', '4.7.28', true],
  ['450 4.7.1 greylisted', '4.7.1', false],
  ['450 4.2.1 The user is receiving mail at a rate', '4.2.1', false],
  ['452 4.2.2 mailbox full', '4.2.2', false],
])('%s slows a receiver: %s → %s', (text, code, slows) => {
  expect(isSlowing({ kind: 'temporary', code, text })).toBe(slows)
})

test('a rule for the domain itself comes before that of its site, and that before the usual', () => {
  const limits = (per_hour: number) => ({ ...usualLimits, per_hour })
  const rules = new Map([
    ['acme.test', limits(1)],
    ['google.com', limits(2)],
    ['*', limits(3)],
  ])
  expect(shapeOf(rules, 'acme.test', 'google.com')).toMatchObject({
    site: 'acme.test',
    limits: { per_hour: 1 },
  })
  expect(shapeOf(rules, 'other.test', 'google.com')).toMatchObject({
    site: 'google.com',
    limits: { per_hour: 2 },
  })
  expect(shapeOf(rules, 'other.test', 'mx.test')).toMatchObject({ site: 'mx.test', limits: { per_hour: 3 } })
  expect(shapeOf(new Map(), 'other.test', 'mx.test').limits).toEqual(usualLimits)
})

test('a receiver without limits is held to half of the usual once it slows us', () => {
  const free = { ...usualLimits, per_hour: null }
  expect(ratesOf(free, 1)).toEqual({ minute: null, hour: null })
  expect(ratesOf(free, 0.5).hour?.amount).toBe(1_800)
})
