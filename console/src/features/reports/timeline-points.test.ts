import { expect, test } from 'vitest'
import { fillTimeline, firstStep } from './timeline-points.ts'

const entry = (at: string, accepted: number) => ({
  at,
  accepted,
  delivered: accepted,
  opened_human: 0,
  opened_all: 0,
  clicked_human: 0,
  clicked_all: 0,
  bounced: 0,
  unsubscribed: 0,
})

test('Hours without anything stand on the axis as zeros', () => {
  const filled = fillTimeline(
    [entry('2026-05-04T10:00:00.000Z', 7), entry('2026-05-04T13:00:00.000Z', 2)],
    'hour',
  )
  expect(filled.map(({ at, accepted }) => [at.slice(11, 13), accepted])).toEqual([
    ['10', 7],
    ['11', 0],
    ['12', 0],
    ['13', 2],
  ])
})

test('Days, and spans too long to draw, stay as they came', () => {
  const days = [entry('2026-03-28T23:00:00.000Z', 1), entry('2026-03-29T22:00:00.000Z', 1)]
  expect(fillTimeline(days, 'day')).toBe(days)
  const far = [entry('2026-01-01T00:00:00.000Z', 1), entry('2026-05-01T00:00:00.000Z', 1)]
  expect(fillTimeline(far, 'minute')).toBe(far)
  expect(fillTimeline([], 'hour')).toEqual([])
})

test('A young campaign is shown by the minute, an old one by the day', () => {
  const start = '2026-05-04T10:00:00.000Z'
  expect(firstStep(start, '2026-05-04T11:00:00.000Z')).toBe('minute')
  expect(firstStep(start, '2026-05-06T10:00:00.000Z')).toBe('hour')
  expect(firstStep(start, '2026-06-04T10:00:00.000Z')).toBe('day')
  expect(firstStep(null, start)).toBe('hour')
})
