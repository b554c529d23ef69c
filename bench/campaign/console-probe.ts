import { setTimeout as pause } from 'node:timers/promises'
import type { Program } from './program.ts'

/** How long the console waits for an answer while messages go out, in milliseconds. */
export type ConsoleWait = {
  readonly requests: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

const betweenMs = 20

/** Asks who is signed in over and over, as open consoles do, until it is told to stop. */
export const probeConsole = (program: Program): (() => Promise<ConsoleWait>) => {
  const waits: number[] = []
  let stopped = false
  const probing = (async () => {
    while (!stopped) {
      const asked = performance.now()
      await program.call('GET', '/session')
      waits.push(performance.now() - asked)
      await pause(betweenMs)
    }
  })()
  return async () => {
    stopped = true
    await probing
    const sorted = waits.toSorted((one, other) => one - other)
    const at = (share: number): number => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1))
    return { requests: waits.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) }
  }
}
