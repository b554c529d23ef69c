import type { Canary } from './contract.ts'
import type { FirstFigures } from './queries.ts'

export type BrokenLimit = {
  readonly figure: keyof Canary['limits']
  readonly count: number
  readonly of: number
}

const figures = ['hard_bounce', 'block', 'complaint', 'uncertain'] as const

/**
 * The first limit that is broken. While answers are still coming in, a count is held against all the first messages, so
 * that one bad answer among the first three decides nothing; in the end against those that were answered.
 */
export const findBroken = (canary: Canary, seen: FirstFigures, ended: boolean): BrokenLimit | null => {
  const of = ended ? seen.answered : seen.total
  const figure = figures.find((one) => seen[one] * 100 > canary.limits[one] * of)
  return figure ? { figure, count: seen[figure], of } : null
}
