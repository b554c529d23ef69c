import { expect, test } from 'vitest'
import { toPercent, toRate } from './rule-text.ts'

test.each([
  [0.0005, 0.05],
  [0.07, 7],
  [0.29, 29],
  [1, 100],
  [0.000001, 0.0001],
])('a rate of %d is %d per cent, and back', (rate, percent) => {
  expect(toPercent(rate)).toBe(percent)
  expect(toRate(percent)).toBe(rate)
})
