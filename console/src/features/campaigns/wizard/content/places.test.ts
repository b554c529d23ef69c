import { expect, test } from 'vitest'
import { offsetOf, screenColumn } from './places.ts'

const text = 'one\ntwo {{ x }\n\tthree'

test('A place of the template is found in the text', () => {
  expect(text.slice(offsetOf(text, { line: 2, column: 5 })).slice(0, 2)).toBe('{{')
  expect(offsetOf(text, { line: 1, column: 1 })).toBe(0)
})

test('A place behind the end leads to the end', () => {
  expect(offsetOf(text, { line: 99, column: 1 })).toBe(text.length)
  expect(offsetOf(text, { line: 3, column: 999 })).toBe(text.length)
})

test('A tab moves the mark to the next stop', () => {
  expect(screenColumn('\tthree', 2)).toBe(2)
  expect(screenColumn('a\tb', 3)).toBe(2)
  expect(screenColumn('plain', 3)).toBe(2)
})
