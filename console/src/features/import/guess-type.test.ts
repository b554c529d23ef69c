import { expect, test } from 'vitest'
import { guessType } from './guess-type.ts'

test('a new field for a column gets the type its samples fit', () => {
  expect(guessType(['0,5', '12', '-3.25'])).toBe('number')
  expect(guessType(['01.03.1950', '31.12.2026'])).toBe('date')
  expect(guessType(['2026-01-31'])).toBe('date')
  expect(guessType(['tak', 'Nie', ''])).toBe('boolean')
  expect(guessType(['Łódź', '12'])).toBe('text')
})

test('a column without samples or with leading zeros is text', () => {
  expect(guessType(['', ' '])).toBe('text')
  expect(guessType(['00950', '12345'])).toBe('text')
})
