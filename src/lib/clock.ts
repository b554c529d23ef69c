/** The program's only source of the present; under test support it carries the same offset as `app_now()` in SQL. */
export type Clock = {
  now(): Date
  /** Milliseconds by which the test clock is ahead; 0 in production. */
  offsetMs(): number
  setOffsetMs(offsetMs: number): void
  /** Tells of each move; answers how to stop listening. */
  onMove(listener: (offsetMs: number) => void): () => void
}

export const systemClock = (): Clock => {
  let offsetMs = 0
  const listeners = new Set<(offsetMs: number) => void>()
  return {
    now: () => new Date(Date.now() + offsetMs),
    offsetMs: () => offsetMs,
    setOffsetMs: (next) => {
      offsetMs = next
      for (const listener of listeners) listener(next)
    },
    onMove: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const addMs = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
export const minutesMs = (minutes: number): number => minutes * 60_000
export const hoursMs = (hours: number): number => hours * 3_600_000
