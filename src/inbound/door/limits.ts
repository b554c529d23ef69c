import { LRU } from '../../lib/lru.ts'

/** Mails of one address in one minute; a large provider may have thousands of messages to return. */
const mailsPerMinute = 600
/** Unknown recipients of one address in one minute: who tries names is sent away. */
const unknownPerMinute = 30
const connectionsPerAddress = 10
const addressesKept = 50_000
const windowMs = 60_000

type Window = { startedMs: number; mails: number; unknown: number }

/** How much one address may ask of the listener, in this process. */
export const makeDoorLimits = (now: () => number = () => performance.now()) => {
  const windows = new LRU<string, Window>(addressesKept)
  const open = new Map<string, number>()
  const windowOf = (address: string): Window => {
    const known = windows.get(address)
    if (known && now() - known.startedMs < windowMs) return known
    const fresh = { startedMs: now(), mails: 0, unknown: 0 }
    windows.set(address, fresh)
    return fresh
  }
  return {
    /** False: too many connections at once. */
    enter: (address: string): boolean => {
      const count = (open.get(address) ?? 0) + 1
      if (count > connectionsPerAddress) return false
      open.set(address, count)
      return true
    },
    leave: (address: string): void => {
      const count = (open.get(address) ?? 1) - 1
      if (count > 0) open.set(address, count)
      else open.delete(address)
    },
    countMail: (address: string): boolean => {
      const window = windowOf(address)
      window.mails += 1
      return window.mails <= mailsPerMinute
    },
    countUnknown: (address: string): boolean => {
      const window = windowOf(address)
      window.unknown += 1
      return window.unknown <= unknownPerMinute
    },
  }
}
