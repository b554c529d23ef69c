import { useEffect, useRef, useState } from 'react'

type Sample = { readonly at: number; readonly done: number }
export type Rate = { readonly perSecond: number | null; readonly leftMs: number | null }

const windowMs = 15_000
const unknown: Rate = { perSecond: null, leftMs: null }

/** Speed between the first and last sample of the window, and what is left at that speed. */
export const rateOf = (samples: readonly Sample[], total: number | null): Rate => {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined) return unknown
  const ms = last.at - first.at
  const done = last.done - first.done
  if (ms <= 0 || done <= 0) return unknown
  const perSecond = (done * 1000) / ms
  return { perSecond, leftMs: total === null ? null : (Math.max(0, total - last.done) * 1000) / perSecond }
}

/** The speed of something that counts on, measured while one watches; null until two counts are known. */
export const useRate = (done: number, total: number | null, running: boolean): Rate => {
  const samples = useRef<readonly Sample[]>([])
  const [rate, setRate] = useState(unknown)
  useEffect(() => {
    const at = performance.now()
    // A count that falls belongs to another run; a pause must not be taken for slowness.
    const kept = running ? samples.current.filter((one) => at - one.at <= windowMs && one.done <= done) : []
    samples.current = [...kept, { at, done }]
    setRate(running ? rateOf(samples.current, total) : unknown)
  }, [done, total, running])
  return rate
}
