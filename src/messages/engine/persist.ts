import { setTimeout as sleep } from 'node:timers/promises'
import type { Deps } from '../../http/deps.ts'

const firstWaitMs = 100
const longestWaitMs = 2_000
/** Shorter than a lease: after that the rows belong to recovery anyway. */
const giveUpMs = 45_000

/**
 * Repeats a write of answers we alone know while the database is away (restart, fail-over); the write itself changes only
 * rows still held under our lease epoch, so a repeat after an unseen commit changes nothing.
 */
export const persist = async <T>(deps: Deps, write: () => Promise<T>): Promise<T> => {
  const began = performance.now()
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      return await write()
    } catch (error) {
      if (performance.now() - began > giveUpMs) throw error
      deps.log.warn({ err: error }, 'answers could not be stored yet, trying again')
      await sleep(waitMs)
    }
  }
}
