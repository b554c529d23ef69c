/** The program's only source of the present; under test support it carries the same offset as `app_now()` in SQL. */
export type Clock = {
  now(): Date
  /** Milliseconds by which the test clock is ahead; 0 in production. */
  offsetMs(): number
  setOffsetMs(offsetMs: number): void
}

export const systemClock = (): Clock => {
  let offsetMs = 0
  return {
    now: () => new Date(Date.now() + offsetMs),
    offsetMs: () => offsetMs,
    setOffsetMs: (next) => {
      offsetMs = next
    },
  }
}

export const addMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
export const minutesMs = (minutes: number): number => minutes * 60_000
export const hoursMs = (hours: number): number => hours * 3_600_000
