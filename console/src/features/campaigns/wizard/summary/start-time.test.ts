import { expect, test } from 'vitest'
import { toLocal, toMoment } from './start-time.ts'

test('A time is read on the clocks of the chosen zone', () => {
  expect(toMoment('2026-01-15 10:30:00', 'Europe/Warsaw')).toBe('2026-01-15T09:30:00.000Z')
  expect(toMoment('2026-07-15 10:30', 'Europe/Warsaw')).toBe('2026-07-15T08:30:00.000Z')
  expect(toMoment('2026-07-15 10:30', 'Asia/Kolkata')).toBe('2026-07-15T05:00:00.000Z')
  expect(toMoment('2026-07-15 10:30', 'UTC')).toBe('2026-07-15T10:30:00.000Z')
})

test('Hours around a change of the clocks come out on the right side of it', () => {
  expect(toMoment('2026-03-29 01:59', 'Europe/Warsaw')).toBe('2026-03-29T00:59:00.000Z')
  expect(toMoment('2026-03-29 03:00', 'Europe/Warsaw')).toBe('2026-03-29T01:00:00.000Z')
  expect(toMoment('2026-10-25 04:00', 'Europe/Warsaw')).toBe('2026-10-25T03:00:00.000Z')
  expect(toMoment('2026-03-08 03:00', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z')
})

test('A moment comes back as the clocks of the zone show it', () => {
  for (const zone of ['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland']) {
    const moment = toMoment('2026-05-04 23:45', zone)
    expect(moment && toLocal(moment, zone)).toBe('2026-05-04 23:45:00')
  }
})

test('What is no time gives none', () => {
  expect(toMoment('', 'UTC')).toBeNull()
  expect(toMoment('tomorrow', 'UTC')).toBeNull()
})
