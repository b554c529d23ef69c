import { expect, test } from 'vitest'
import { makeFormats } from './formats.ts'

const now = new Date('2026-03-02T12:00:00Z')
const english = makeFormats('en-GB', 'Europe/Warsaw')
const german = makeFormats('de', 'Europe/Warsaw')

test('numbers and rates follow the language', () => {
  expect(english.number(1234567)).toBe('1,234,567')
  expect(german.number(1234567)).toBe('1.234.567')
  expect(english.percent(0.1234)).toBe('12.3%')
})

test('a time within a day is relative, an older one absolute in the zone of the person', () => {
  expect(english.when('2026-03-02T11:58:00Z', now)).toBe('2 minutes ago')
  expect(english.when('2026-03-02T15:00:00Z', now)).toBe('in 3 hours')
  expect(german.when('2026-03-01T13:00:00Z', now)).toBe('vor 23 Stunden')
  expect(english.when('2026-02-27T23:30:00Z', now)).toBe('28 Feb 2026, 00:30')
})

test('the exact time names its zone', () => {
  expect(english.exact('2026-02-27T23:30:00Z')).toContain('(Europe/Warsaw)')
})

test('durations and sizes choose their unit', () => {
  expect(english.duration(59_400)).toBe('59 secs')
  expect(english.duration(95_000)).toBe('1 min 35 secs')
  expect(english.duration(7_380_000)).toBe('2 hrs 3 mins')
  expect(english.bytes(0)).toBe('0 byte')
  expect(english.bytes(1_500_000)).toBe('1.5 MB')
})
