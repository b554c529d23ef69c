import { accountKeys } from '../../accounts/index.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'
import type { StoredConfig } from '../config.ts'
import { findProvider } from '../queries.ts'
import { openSecrets } from '../secrets.ts'
import { isReceiptAddress, readReceiptToken, receiptToken } from './address.ts'
import { accountIsThere, findReceiptCounts } from './queries.ts'
import type { StoredReceipts } from './settings.ts'

export type ReceiptSource = StoredReceipts & { readonly providerId: string; readonly secret: string | null }

/** The provider behind a token, inside its account's transaction; null for a token that nobody was given. */
export const findReceiptSource = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  token: string,
): Promise<ReceiptSource | null> => {
  const address = readReceiptToken(token)
  if (!address || address.accountId !== accountId || !(await accountIsThere(trx, accountId))) return null
  const keys = await accountKeys(trx, deps.keys, accountId)
  if (!isReceiptAddress(keys, address)) return null
  const row = await findProvider(trx, accountId, address.providerId)
  const receipts = (row?.config as StoredConfig | undefined)?.receipts
  if (!row || !receipts) return null
  return { ...receipts, providerId: row.id, secret: openSecrets(keys, row).receipts_secret ?? null }
}

/** What a reply says of a provider's receipts: where they go and how they have fared. */
export const describeReceipts = async (trx: Trx, deps: Deps, accountId: string) => {
  const keys = await accountKeys(trx, deps.keys, accountId)
  const counts = new Map((await findReceiptCounts(trx, accountId)).map((row) => [row.provider_id, row]))
  return (providerId: string) => {
    const known = counts.get(providerId)
    return {
      url: `${deps.config.contentUrl}/receipts/${receiptToken(keys, accountId, providerId)}`,
      counts: {
        received: known?.received ?? 0,
        received_at: known?.received_at?.toISOString() ?? null,
        refused: known?.refused ?? 0,
        refused_at: known?.refused_at?.toISOString() ?? null,
      },
    }
  }
}
export type DescribeReceipts = Awaited<ReturnType<typeof describeReceipts>>
