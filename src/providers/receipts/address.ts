import { timingSafeEqual } from 'node:crypto'
import type { AccountKeys } from '../../accounts/index.ts'
import { uuidFromBytes, uuidToBytes } from '../../lib/ids.ts'

const macBytes = 16
const idBytes = 16
const tokenPattern = /^[A-Za-z0-9_-]{64}$/

const macOf = (keys: AccountKeys, providerId: string): Buffer =>
  keys.commit(`receipts|${providerId}`).subarray(0, macBytes)

/** The unguessable part of a provider's address for receipts; it stays the same when SECRET_KEYS rotate. */
export const receiptToken = (keys: AccountKeys, accountId: string, providerId: string): string =>
  Buffer.concat([uuidToBytes(accountId), uuidToBytes(providerId), macOf(keys, providerId)]).toString(
    'base64url',
  )

export type ReceiptAddress = { readonly accountId: string; readonly providerId: string; readonly mac: Buffer }

/** Whom a token names; it proves nothing before `isReceiptAddress` says so. */
export const readReceiptToken = (token: string): ReceiptAddress | null => {
  if (!tokenPattern.test(token)) return null
  const bytes = Buffer.from(token, 'base64url')
  return {
    accountId: uuidFromBytes(bytes.subarray(0, idBytes)),
    providerId: uuidFromBytes(bytes.subarray(idBytes, 2 * idBytes)),
    mac: bytes.subarray(2 * idBytes),
  }
}

export const isReceiptAddress = (keys: AccountKeys, { providerId, mac }: ReceiptAddress): boolean =>
  timingSafeEqual(mac, macOf(keys, providerId))
