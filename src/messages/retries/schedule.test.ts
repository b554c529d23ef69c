import { describe, expect, it } from 'vitest'
import { nextWaitSeconds } from './schedule.ts'

const planned = new Date('2026-03-01T12:00:00Z')
const soon = new Date('2026-03-01T13:00:00Z')

describe('retries of a campaign message', () => {
  it.each([
    [0, 300],
    [1, 900],
    [2, 1_800],
    [3, 3_600],
    [7, 43_200],
  ])('waits after attempt %i for %i seconds in the middle of the jitter', (attempts, seconds) => {
    expect(nextWaitSeconds(attempts, planned, soon, 0.5)).toBe(seconds)
  })

  it('spreads each wait by a fifth to both sides', () => {
    expect(nextWaitSeconds(0, planned, soon, 0)).toBe(240)
    expect(nextWaitSeconds(0, planned, soon, 1)).toBe(360)
  })

  it('gives up after the eighth wait and after 48 hours', () => {
    expect(nextWaitSeconds(8, planned, soon, 0.5)).toBeNull()
    expect(nextWaitSeconds(0, planned, new Date('2026-03-03T12:00:01Z'), 0.5)).toBeNull()
  })
})
