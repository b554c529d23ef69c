import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Trx } from '../db/pool.ts'
import type { SealedColumn } from '../db/sealed-columns.ts'
import { LRU } from '../lib/lru.ts'
import { hmacBlocks, type KeyRing, openWithKey, sealWithKey } from '../lib/secrets.ts'
import { findAccount } from './queries.ts'

const purpose = 'account-data-key'

export const accountDataKey: SealedColumn = {
  table: 'accounts',
  column: 'data_key_sealed',
  key: 'account_id',
  purpose,
  context: (accountId) => accountId,
}

/** A fresh data key of an account, sealed for its row. */
export const makeDataKey = (keys: KeyRing, accountId: string): Buffer =>
  keys.seal(purpose, accountId, randomBytes(32))

/** What one account's data key gives: sealed columns and keyed hashes of addresses. */
export type AccountKeys = {
  /** `place` is table‖column‖row; a sealed value moved elsewhere does not open (security.md §4.9). */
  seal(place: string, plain: string): Buffer
  open(place: string, sealed: Uint8Array): string | null
  /** Padded key blocks for the SQL function `keyed_hash`, stable for the life of the account. */
  readonly addressHash: { readonly inner: Buffer; readonly outer: Buffer }
  /** HMAC-SHA-256: binds a value without telling it, stable for the life of the account. */
  commit(text: string): Buffer
}

const cache = new LRU<string, AccountKeys>(1_000)

const derived = (dataKey: Buffer, purposeOfKey: string): Buffer =>
  Buffer.from(hkdfSync('sha256', dataKey, Buffer.alloc(0), `campanile:${purposeOfKey}`, 32))

const fromDataKey = (accountId: string, dataKey: Buffer): AccountKeys => {
  const commitmentKey = derived(dataKey, 'commitment')
  return {
    seal: (place, plain) => sealWithKey(dataKey, `${place}|${accountId}`, Buffer.from(plain)),
    open: (place, sealed) => openWithKey(dataKey, `${place}|${accountId}`, sealed)?.toString() ?? null,
    addressHash: hmacBlocks(derived(dataKey, 'address-hash')),
    commit: (text) => createHmac('sha256', commitmentKey).update(text).digest(),
  }
}

/** @throws when the account's data key does not open: the installation runs with other SECRET_KEYS. */
export const accountKeys = async (trx: Trx, keys: KeyRing, accountId: string): Promise<AccountKeys> => {
  const account = await findAccount(trx, accountId)
  if (!account) throw new Error('account is gone')
  return openAccountKeys(keys, accountId, account.data_key_sealed)
}

/** For who has read the account's row already. @throws as `accountKeys`. */
export const openAccountKeys = (keys: KeyRing, accountId: string, dataKeySealed: Buffer): AccountKeys => {
  const name = `${accountId}|${dataKeySealed.toString('base64')}`
  const known = cache.get(name)
  if (known) return known
  const dataKey = keys.open(purpose, accountId, dataKeySealed)
  if (!dataKey) throw new Error('the data key of the account does not open with SECRET_KEYS')
  const made = fromDataKey(accountId, dataKey)
  cache.set(name, made)
  return made
}
