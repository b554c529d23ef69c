const partNames = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

/** How far a zone is ahead of UTC at a moment. */
const offsetMs = (moment: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment)
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = partNames.map((name) =>
    Number(parts.find((part) => part.type === name)?.value ?? 0),
  )
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(moment / 1000) * 1000
}

/**
 * `2026-03-29 10:30` on the clocks of a zone as a moment. The offset is looked up twice, because the first guess may
 * lie on the other side of a change of the clocks.
 */
export const toMoment = (local: string, timeZone: string): string | null => {
  const match = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})/.exec(local)
  if (match === null) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = match.slice(1).map(Number)
  const wall = Date.UTC(year, month - 1, day, hour, minute)
  const guess = wall - offsetMs(wall, timeZone)
  return new Date(wall - offsetMs(guess, timeZone)).toISOString()
}

/** A moment as the clocks of a zone show it: `2026-03-29 10:30:00`. */
export const toLocal = (moment: string, timeZone: string): string => {
  const at = new Date(moment).getTime()
  return new Date(at + offsetMs(at, timeZone)).toISOString().slice(0, 19).replace('T', ' ')
}
