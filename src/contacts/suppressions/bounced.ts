import type { Trx } from '../../db/pool.ts'
import { insertBounced } from './queries.ts'

/** An address that cannot or must not be used any more, as its receiver told. */
export type BouncedAddress = {
  readonly address: string
  readonly hash: Buffer
  readonly reason: 'hard_bounced' | 'soft_bounced_repeatedly' | 'complained'
  /** The message that brought it. */
  readonly messageId: string
  readonly answer: string | null
  /** Months until the entry ends; null: never. */
  readonly months: number | null
}

/**
 * Suppresses addresses of the account's e-mail channel; one that is there keeps its own reason. Where a person's request
 * lets an address through for a time, the entry stands and has no effect until then.
 */
export const suppressBounced = async (
  trx: Trx,
  accountId: string,
  addresses: readonly BouncedAddress[],
): Promise<void> => {
  if (addresses.length > 0) await insertBounced(trx, accountId, addresses)
}
