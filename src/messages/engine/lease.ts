import { inAccount } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import { deleteLease, leaseSeconds, renewLease } from './queries.ts'

const heartbeatMs = 15_000

export type HeldLease = {
  readonly id: string
  readonly epoch: number
  /** False from the moment the lease may have run out for others; judged before each message is begun. */
  isAlive(): boolean
  release(): Promise<void>
}

/** Keeps a claimed chunk's lease alive; a sender that was frozen finds it dead and hands nothing more. */
export const holdLease = (
  deps: Deps,
  accountId: string,
  id: string,
  epoch: number,
  margin = 2_000,
): HeldLease => {
  // Measured by the monotonic clock: a jump of the wall clock neither kills nor prolongs a lease here.
  let validUntil = performance.now() + leaseSeconds * 1_000 - margin
  const beat = async () => {
    const asked = performance.now()
    const renewed = await inAccount(deps.db, accountId, (trx) => renewLease(trx, accountId, id))
    validUntil = renewed ? asked + leaseSeconds * 1_000 - margin : 0
  }
  const timer = setInterval(() => void beat().catch(() => {}), heartbeatMs)
  return {
    id,
    epoch,
    isAlive: () => performance.now() < validUntil,
    release: async () => {
      clearInterval(timer)
      await inAccount(deps.db, accountId, (trx) => deleteLease(trx, accountId, id))
    },
  }
}
