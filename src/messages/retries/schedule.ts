import { minutesMs } from '../../lib/clock.ts'
import type { SourceKind } from '../source.ts'

/** Waits after the 1st, 2nd … temporary answer in seconds, and how long a message is tried (sending.md §6). */
type Schedule = { readonly waits: readonly number[]; readonly lifeMs: number }

const hours = 60
const schedule = (minutes: readonly number[], lifeMinutes: number): Schedule => ({
  waits: minutes.map((minute) => minute * 60),
  lifeMs: minutesMs(lifeMinutes),
})
const campaign = schedule([5, 15, 30, hours, 2 * hours, 4 * hours, 8 * hours, 12 * hours], 48 * hours)
const transactional = schedule([1, 2, 5, 15, 30, hours, 2 * hours, 4 * hours], 24 * hours)
const schedules: Readonly<Record<SourceKind, Schedule>> = { campaign, test: campaign, transactional }

const jitter = 0.2

export type Attempt = {
  /** Counted attempts before this one. */
  readonly attempts: number
  readonly plannedAt: Date
  readonly now: Date
  readonly random: number
  readonly kind: SourceKind
}

/** Seconds until the next attempt, with ±20 % jitter; null when the retries are used up. */
export const nextWaitSeconds = ({ attempts, plannedAt, now, random, kind }: Attempt): number | null => {
  const { waits, lifeMs } = schedules[kind]
  const wait = waits[attempts]
  if (wait === undefined || now.getTime() - plannedAt.getTime() > lifeMs) return null
  return Math.round(wait * (1 - jitter + 2 * jitter * random))
}
