import { describe, expect, test } from 'vitest'
import { guardOf } from './guard.ts'

const all = { coverage: { users: 3, with_factor: 3, pending: 0 } }
const some = { coverage: { users: 3, with_factor: 1, pending: 0 } }
const on = { state: 'enforce' as const, pending_until: null }
const off = { state: 'off' as const, pending_until: null }

describe('an account', () => {
  test.each([
    ['strong', on, all],
    ['fair', on, some],
    ['fair', off, all],
    ['weak', off, some],
  ])('is %s', (level, policy, mfa) => {
    expect(guardOf(policy, mfa, null).level).toBe(level)
  })

  test('is told what to do next: each open point names its place', () => {
    const { points } = guardOf({ ...on, pending_until: '2027-01-01T00:00:00.000Z' }, some, 0)
    expect(points.filter((point) => !point.done).map((point) => point.id)).toEqual([
      'factors',
      'pending',
      'codes',
    ])
  })
})
