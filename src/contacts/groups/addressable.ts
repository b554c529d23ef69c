import { accountKeys } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { KeyRing } from '../../lib/secrets.ts'
import { countSendable } from '../send-decision/queries.ts'
import type { Group } from './contract.ts'

/** Larger groups are counted when a campaign asks; a page that shows one group must not wait for it. */
const countedMembersMax = 100_000

export const readAddressable = async (
  trx: Trx,
  keys: KeyRing,
  accountId: string,
  group: { id: string; member_count: number },
): Promise<Group['addressable']> => {
  if (group.member_count > countedMembersMax) return null
  if (group.member_count === 0) return { email: 0, sms: 0, push: 0, rcs: 0 }
  const { addressHash } = await accountKeys(trx, keys, accountId)
  return countSendable(trx, accountId, group.id, addressHash)
}
