import { expect, it } from 'vitest'
import type { Movement, RowCount } from './queries.ts'
import { movedOn } from './recent.ts'

const rowOf = (state: string, n: number, given: Partial<RowCount> = {}): RowCount => ({
  state,
  reason: null,
  resolution: null,
  n,
  delivered: 0,
  ...given,
})
const at = (given: Partial<Movement> = {}): Movement => ({
  accepted: 0,
  refused: 0,
  lost: 0,
  claimed: 0,
  handed: 0,
  ...given,
})
const counted = {
  audience: 100,
  rows: [
    rowOf('planned', 60),
    rowOf('handed', 10),
    rowOf('accepted', 20, { delivered: 20 }),
    rowOf('suppressed', 10, { reason: 'unsubscribed' }),
  ],
}
const figures = (before: Movement, now: Movement) => {
  const { rows } = movedOn(counted, before, now)
  return Object.fromEntries(
    ['planned', 'claimed', 'handed', 'accepted', 'rejected', 'uncertain', 'suppressed'].map((state) => [
      state,
      rows.filter((row) => row.state === state).reduce((sum, row) => sum + row.n, 0),
    ]),
  )
}

it.each([
  ['nothing', at({ accepted: 20, handed: 10 }), { planned: 60, handed: 10, accepted: 20, suppressed: 10 }],
  [
    'answers of every kind',
    at({ accepted: 45, refused: 3, lost: 2, handed: 5, claimed: 15 }),
    { planned: 20, claimed: 15, handed: 5, accepted: 45, rejected: 3, uncertain: 2, suppressed: 10 },
  ],
  ['everything', at({ accepted: 90 }), { planned: 0, claimed: 0, handed: 0, accepted: 90 }],
  ['more answers than rows waited, for some were tried twice', at({ accepted: 90, lost: 4 }), { planned: 0 }],
])('the figures of a large run move on by %s', (_, now, expected) => {
  expect(figures(at({ accepted: 20, handed: 10 }), now)).toMatchObject(expected)
})

it('the sum of the figures stays the number of rows while nothing is tried twice', () => {
  const all = figures(at({ accepted: 20 }), at({ accepted: 50, refused: 5, claimed: 30, handed: 100 }))
  expect(Object.values(all).reduce((sum, n) => sum + n, 0)).toBe(100)
})
