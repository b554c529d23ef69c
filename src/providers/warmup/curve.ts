/** What the curve of a plan is made of (email.md §16). */
export type Curve = {
  readonly start_per_day: number
  readonly growth: number
  readonly target_per_day: number
  readonly days: number
  /** `YYYY-MM-DD` in the account's calendar. */
  readonly started_on: string
}

const dayMs = 86_400_000

/** Messages of the n-th day, from 1; null once the plan is over. */
export const capOf = ({ start_per_day, growth, target_per_day, days }: Curve, n: number): number | null => {
  if (n > days) return null
  // A growth to the power of a year passes every number there is; the target stands below all of them.
  return Math.min(target_per_day, Math.floor(start_per_day * growth ** (Math.max(1, n) - 1) + 1e-9))
}

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00Z`) / dayMs

export const dayOf = ({ started_on }: Curve, today: string): number =>
  dayNumber(today) - dayNumber(started_on) + 1

export const addDays = (day: string, count: number): string =>
  new Date((dayNumber(day) + count) * dayMs).toISOString().slice(0, 'yyyy-mm-dd'.length)

export const scheduleOf = (curve: Curve): { n: number; day: string; cap: number }[] =>
  Array.from({ length: curve.days }, (_, index) => ({
    n: index + 1,
    day: addDays(curve.started_on, index),
    cap: capOf(curve, index + 1) ?? 0,
  }))

export type DayFigures = {
  readonly cap: number
  readonly answered: number
  readonly hard: number
  readonly blocked: number
  readonly complained: number
}
export type StopReason = 'hard_bounces' | 'complaints' | 'blocks'

/** A share of a handful says nothing; a small day is judged when it is full. */
const answersMin = 50
const limits = { hard: 0.03, complained: 0.001, blocked: 0.05 } as const

export const rateOf = (part: number, { answered }: DayFigures): number =>
  answered === 0 ? 0 : part / answered

/** Whether a day went so badly that the plan has to stop (email.md §16); null = it goes on. */
export const stopReason = (day: DayFigures): StopReason | null => {
  if (day.answered < Math.min(answersMin, day.cap)) return null
  if (rateOf(day.hard, day) > limits.hard) return 'hard_bounces'
  if (rateOf(day.complained, day) > limits.complained) return 'complaints'
  if (rateOf(day.blocked, day) > limits.blocked) return 'blocks'
  return null
}
