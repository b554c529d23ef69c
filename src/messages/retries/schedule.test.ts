import { describe, expect, it } from 'vitest'
import { nextWaitSeconds } from './schedule.ts'

const plannedAt = new Date('2026-03-01T12:00:00Z')
const soon = new Date('2026-03-01T13:00:00Z')
const at = (given: object) =>
  nextWaitSeconds({ attempts: 0, plannedAt, now: soon, random: 0.5, kind: 'campaign', ...given })

describe('retries of a message', () => {
  it.each([
    ['campaign', 0, 300],
    ['campaign', 1, 900],
    ['campaign', 2, 1_800],
    ['campaign', 3, 3_600],
    ['campaign', 7, 43_200],
    ['transactional', 0, 60],
    ['transactional', 1, 120],
    ['transactional', 4, 1_800],
    ['transactional', 7, 14_400],
  ])('wait, %s, after attempt %i for %i seconds in the middle of the jitter', (kind, attempts, seconds) => {
    expect(at({ kind, attempts })).toBe(seconds)
  })

  it('spread each wait by a fifth to both sides', () => {
    expect(at({ random: 0 })).toBe(240)
    expect(at({ random: 1 })).toBe(360)
  })

  it('end after the eighth wait and when their time is over', () => {
    expect(at({ attempts: 8 })).toBeNull()
    expect(at({ now: new Date('2026-03-03T12:00:01Z') })).toBeNull()
    expect(at({ kind: 'transactional', now: new Date('2026-03-02T12:00:01Z') })).toBeNull()
    expect(at({ kind: 'transactional', now: new Date('2026-03-02T11:00:00Z') })).toBe(60)
  })
})
