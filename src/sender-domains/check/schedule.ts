import { addMs, hoursMs, minutesMs } from '../../lib/clock.ts'
import { brokenAfterMs } from '../state.ts'

const often = { forMs: hoursMs(2), everyMs: minutesMs(5) }
const hourly = { forMs: hoursMs(3 * 24), everyMs: hoursMs(1) }
const dailyMs = hoursMs(24)

/** When a domain is asked about next (email.md §2.3); what was lost is looked at again when it would count. */
export const nextCheckAt = (generatedAt: Date, invalidSince: Date | null, now: Date): Date => {
  const ageMs = now.getTime() - generatedAt.getTime()
  const everyMs = ageMs < often.forMs ? often.everyMs : ageMs < hourly.forMs ? hourly.everyMs : dailyMs
  const regular = addMs(now, everyMs)
  if (invalidSince === null) return regular
  const decisive = addMs(invalidSince, brokenAfterMs)
  return decisive > now && decisive < regular ? decisive : regular
}
