import { expect, test } from 'vitest'
import { capOnDay, targetDay } from './curve.ts'

const curve = { start: 200, growth: 1.5, target: 1_000 }

test('the preview of a plan grows to its target and names the day', () => {
  expect([1, 2, 3, 4, 5, 6].map((day) => capOnDay(curve, day))).toEqual([200, 300, 450, 675, 1_000, 1_000])
  expect(targetDay(curve, 30)).toBe(5)
  expect(targetDay(curve, 4)).toBeNull()
})
