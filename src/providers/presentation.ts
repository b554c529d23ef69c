import type { Deps } from '../http/deps.ts'
import { adapterFor } from './adapters.ts'
import { mergeLimits, type StoredConfig } from './config.ts'
import type { Provider } from './contract.ts'
import type { ProviderRow } from './queries.ts'
import type { DescribeReceipts } from './receipts/receipts.ts'

const toConfig = (row: ProviderRow): Provider['config'] => {
  if (row.kind === 'mx') {
    const { ehlo_name = null, source_addresses = [] } = row.config as StoredConfig
    return { ehlo_name, source_addresses: [...source_addresses] }
  }
  if (row.kind !== 'smtp') return {}
  const { host, port, tls, username = null, ehlo_name = null, receipts } = row.config as StoredConfig
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(tls === undefined ? {} : { tls }),
    username,
    // Both or neither are given.
    has_password: username !== null,
    ehlo_name,
    receipts: receipts ? { ...receipts, has_secret: receipts.kind !== 'ses' } : null,
  }
}

const hasReceipts = (row: ProviderRow): boolean => Boolean((row.config as StoredConfig).receipts)

/** Without `receipts` as the application log keeps it: the address of receipts is half a secret. */
export const toProvider = (
  deps: Deps,
  row: ProviderRow,
  receipts?: DescribeReceipts,
  limiting?: (providerId: string) => string | null,
): Provider => ({
  id: row.id,
  channel: 'email',
  kind: row.kind as Provider['kind'],
  name: row.name,
  enabled: row.enabled,
  config: toConfig(row),
  limits: mergeLimits(row.limits as object, undefined),
  shape_by_receiver: row.shape_by_receiver,
  pool: row.pool as Provider['pool'],
  capabilities: { channel: 'email', ...adapterFor(deps, row.channel, row.kind).capabilities },
  state: {
    circuit: row.circuit as Provider['state']['circuit'],
    last_check: row.last_check as Provider['state']['last_check'],
    limiting: limiting?.(row.id) ?? null,
  },
  receipts_url: receipts && hasReceipts(row) ? receipts(row.id).url : null,
  receipts: receipts && hasReceipts(row) ? receipts(row.id).counts : null,
  created_at: row.created_at.toISOString(),
  updated_at: row.updated_at.toISOString(),
  version: row.version,
})
