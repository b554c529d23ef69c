import { inAccount } from '../../../db/pool.ts'
import type { Deps } from '../../../http/deps.ts'
import type { Held } from '../claim/queries.ts'
import { leaseSeconds, renewLease } from './queries.ts'

const heartbeatMs = 15_000
/** Others may think the lease gone this much earlier than we would: a message takes a moment from the check to the wire. */
const marginMs = 2_000

export type HeldLease = {
  /** False from the moment the lease may have run out for others; judged before each message is begun. */
  isAlive(): boolean
  /** Ends the heartbeat; without one the lease runs out and recovery takes what it still holds. */
  stop(): void
}

/** Whoever was not running for so long asks whether the lease is still there before anything else leaves. */
const gapMsMax = 5_000
const tickMs = 1_000

/**
 * Keeps a claimed chunk's lease alive; a sender that was frozen finds it dead and hands nothing more. Measured by the
 * monotonic clock from before each asking: a jump of the wall clock neither kills nor prolongs a lease here, and a slow
 * answer of the database makes it shorter, never longer.
 */
export const holdLease = (deps: Deps, held: Held, askedAt: number): HeldLease => {
  const lastsMs = leaseSeconds * 1_000 - marginMs
  let validUntil = askedAt + lastsMs
  let beatAt = askedAt
  let tickAt = performance.now()
  let doubted = false
  const beat = async () => {
    const asked = performance.now()
    beatAt = asked
    const renewed = await inAccount(deps.db, held.accountId, (trx) =>
      renewLease(trx, held.accountId, held.leaseId),
    )
    validUntil = renewed ? Math.max(validUntil, asked + lastsMs) : 0
    doubted = false
  }
  const tick = () => {
    const now = performance.now()
    if (now - tickAt > gapMsMax) doubted = true
    tickAt = now
    if (doubted || now - beatAt >= heartbeatMs) void beat().catch(() => {})
  }
  const timer = setInterval(tick, tickMs)
  return {
    isAlive: () => {
      const now = performance.now()
      return !doubted && now < validUntil && now - tickAt <= gapMsMax
    },
    stop: () => clearInterval(timer),
  }
}
