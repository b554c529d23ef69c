import { expect, test } from 'vitest'
import { endOfDay, startOfDay } from './day-bounds.ts'

test('a day begins and ends by the clocks of the zone', () => {
  expect(startOfDay('2026-07-01', 'Europe/Warsaw')).toBe('2026-06-30T22:00:00.000Z')
  expect(endOfDay('2026-07-01', 'Europe/Warsaw')).toBe('2026-07-01T21:59:59.999Z')
  expect(startOfDay('2026-07-01', 'America/New_York')).toBe('2026-07-01T04:00:00.000Z')
})

test('the day on which summer time begins has 23 hours', () => {
  expect(startOfDay('2026-03-29', 'Europe/Warsaw')).toBe('2026-03-28T23:00:00.000Z')
  expect(endOfDay('2026-03-29', 'Europe/Warsaw')).toBe('2026-03-29T21:59:59.999Z')
})

test('what is no day bounds nothing', () => {
  expect(startOfDay(undefined, 'UTC')).toBeUndefined()
  expect(endOfDay('yesterday', 'UTC')).toBeUndefined()
  expect(startOfDay('2026-13-45', 'UTC')).toBeUndefined()
})
