import { useEffect, useState } from 'react'
import { readClock } from '../../lib/clock.ts'

const secondsUntil = (at: string | null, max: number): number => {
  if (at === null) return 0
  const seconds = Math.ceil((Date.parse(at) - readClock().getTime()) / 1000)
  return Math.max(0, Math.min(max, seconds))
}

/**
 * Seconds until a moment the server named, counted down. `max` bounds it, because the clock of this machine may be
 * wrong by any amount.
 */
export const useSecondsUntil = (at: string | null, max: number): number => {
  const [left, setLeft] = useState(() => secondsUntil(at, max))
  useEffect(() => {
    setLeft(secondsUntil(at, max))
    if (at === null) return
    const timer = setInterval(() => setLeft((before) => Math.max(0, before - 1)), 1_000)
    return () => clearInterval(timer)
  }, [at, max])
  return left
}
