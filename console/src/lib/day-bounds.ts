const dayMs = 86_400_000

const partsOf = (zone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })

/** How far the clocks of a zone are ahead of UTC at a moment. */
const offsetMs = (at: number, zone: string): number => {
  const parts: Record<string, number> = {}
  for (const { type, value } of partsOf(zone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - at
}

/** A day of the calendar; anybody can write 2026-13-45 into an address. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))

const midnight = (day: string, zone: string, daysOn: number): number => {
  const wall = Date.parse(`${day}T00:00:00Z`) + daysOn * dayMs
  // The offset of the guess may be the one before a change of the clocks, so it is taken once more.
  return wall - offsetMs(wall - offsetMs(wall, zone), zone)
}

/** First moment of a day (2026-03-29) in a zone; undefined for what is no day. */
export const startOfDay = (day: string | undefined, zone: string): string | undefined =>
  day === undefined || !isDay(day) ? undefined : new Date(midnight(day, zone, 0)).toISOString()

/** Last millisecond of a day, which has 23 or 25 hours when the clocks change. */
export const endOfDay = (day: string | undefined, zone: string): string | undefined =>
  day === undefined || !isDay(day) ? undefined : new Date(midnight(day, zone, 1) - 1).toISOString()
