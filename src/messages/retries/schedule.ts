import { minutesMs } from '../../lib/clock.ts'

/** Waits after the 1st, 2nd … temporary answer of a campaign message, in seconds (sending.md §6). */
const campaignWaits = [5, 15, 30, 60, 120, 240, 480, 720].map((minutes) => minutes * 60)
const campaignLifeMs = minutesMs(48 * 60)
const jitter = 0.2

/** Seconds until the next attempt, with ±20 % jitter; null when the retries are used up. */
export const nextWaitSeconds = (
  attemptsBefore: number,
  plannedAt: Date,
  now: Date,
  random: number,
): number | null => {
  const wait = campaignWaits[Math.min(attemptsBefore, campaignWaits.length - 1)] ?? 0
  if (attemptsBefore >= campaignWaits.length || now.getTime() - plannedAt.getTime() > campaignLifeMs)
    return null
  return Math.round(wait * (1 - jitter + 2 * jitter * random))
}
