import { accountKeys } from '../../accounts/index.ts'
import { addressHash, addressKey } from '../../contacts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'

export type HashAddress = (address: string | null) => Buffer | null

/** The hash under which suppressions of this account know an e-mail address. */
export const addressHasher = async (trx: Trx, deps: Deps, accountId: string): Promise<HashAddress> => {
  const { addressHash: blocks } = await accountKeys(trx, deps.keys, accountId)
  return (address) => {
    const key = address === null ? null : addressKey('email', address, '')
    return key === null ? null : addressHash(blocks, key)
  }
}

/** Who receives there: the domain of the address. */
export const receiverOf = (address: string | null): string | null =>
  address === null ? null : (address.split('@').at(-1)?.toLowerCase() ?? null)
