import type { SendWindow } from './contract.ts'

type Local = { readonly year: number; readonly month: number; readonly day: number; readonly minutes: number }

const formats = new Map<string, Intl.DateTimeFormat>()
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(zone, made)
  return made
}

export const localOf = (at: Date, zone: string): Local => {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) part[type] = Number(value)
  const {
    year = 0,
    month = 0,
    day = 0,
    hour = 0,
    minute = 0,
  } = part as {
    year?: number
    month?: number
    day?: number
    hour?: number
    minute?: number
  }
  return { year, month, day, minutes: hour * 60 + minute }
}

const asUtc = ({ year, month, day, minutes }: Local): number =>
  Date.UTC(year, month - 1, day) + minutes * 60_000

/**
 * The moment at which clocks of a zone show a local time. The offset is looked up twice: the first guess may lie on the
 * other side of a change of clocks. A time that is skipped is taken as the moment after the gap.
 */
export const momentOf = (local: Local, zone: string): Date => {
  const wall = asUtc(local)
  let at = wall
  for (let turn = 0; turn < 2; turn += 1) {
    at = wall - (asUtc(localOf(new Date(at), zone)) - Math.floor(at / 60_000) * 60_000)
  }
  return new Date(at)
}

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

const dayMinutes = 24 * 60

/** Opening and end of the window that begins on a local day, null when none does. */
const spanOn = (window: SendWindow, zone: string, today: Local, daysAhead: number) => {
  const date = new Date(Date.UTC(today.year, today.month - 1, today.day + daysAhead))
  const weekday = date.getUTCDay() === 0 ? 7 : date.getUTCDay()
  if (!window.weekdays.includes(weekday)) return null
  const day = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
  const from = minutesOf(window.from)
  const to = minutesOf(window.to)
  return {
    opens: momentOf({ ...day, minutes: from }, zone),
    ends: momentOf({ ...day, minutes: to > from ? to : to + dayMinutes }, zone),
  }
}

/**
 * When somebody may be written to: `now` while a window is open, else the next opening. Yesterday's window may reach into
 * today, and a weekly one opens again within eight days.
 */
export const nextOpening = (
  windows: readonly SendWindow[],
  zones: { readonly contact: string; readonly account: string },
  now: Date,
): Date => {
  let next: Date | null = null
  for (const window of windows) {
    const zone = zones[window.zone]
    const today = localOf(now, zone)
    for (let ahead = -1; ahead <= 8; ahead += 1) {
      const span = spanOn(window, zone, today, ahead)
      if (!span || span.ends <= now) continue
      if (span.opens <= now) return now
      if (next === null || span.opens < next) next = span.opens
      break
    }
  }
  return next ?? now
}
