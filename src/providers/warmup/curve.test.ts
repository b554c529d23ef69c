import { describe, expect, test } from 'vitest'
import { type Curve, capOf, dayOf, scheduleOf, stopReason } from './curve.ts'

const curve: Curve = {
  start_per_day: 200,
  growth: 1.5,
  target_per_day: 2_000,
  days: 10,
  started_on: '2026-02-26',
}

test('a plan grows by its factor to its target and ends after its days', () => {
  expect(scheduleOf(curve).map(({ cap }) => cap)).toEqual([
    200, 300, 450, 675, 1_012, 1_518, 2_000, 2_000, 2_000, 2_000,
  ])
  expect(capOf(curve, 11)).toBeNull()
  expect(capOf({ ...curve, growth: 5, days: 365 }, 365)).toBe(2_000)
  expect(capOf({ ...curve, growth: 1 }, 9)).toBe(200)
})

test('its days are days of the calendar, over the end of a month', () => {
  expect(scheduleOf(curve)[3]).toEqual({ n: 4, day: '2026-03-01', cap: 675 })
  expect(dayOf(curve, '2026-02-26')).toBe(1)
  expect(dayOf(curve, '2026-03-01')).toBe(4)
})

describe('a day', () => {
  const day = { cap: 200, answered: 200, hard: 0, blocked: 0, complained: 0 }
  test.each([
    [{ hard: 6 }, null],
    [{ hard: 7 }, 'hard_bounces'],
    [{ blocked: 10 }, null],
    [{ blocked: 11 }, 'blocks'],
    [{ complained: 1 }, 'complaints'],
    [{ answered: 1_000, complained: 1 }, null],
    [{ answered: 49, hard: 49 }, null],
    [{ answered: 50, hard: 2 }, 'hard_bounces'],
    [{ cap: 10, answered: 10, hard: 1 }, 'hard_bounces'],
    [{ cap: 10, answered: 9, hard: 1 }, null],
  ])('with %j is judged %s', (figures, reason) => {
    expect(stopReason({ ...day, ...figures })).toBe(reason)
  })
})
