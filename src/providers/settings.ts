import { accountKeys } from '../accounts/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import type { Limits, StoredConfig } from './config.ts'
import type { ProviderRow } from './queries.ts'
import { openSecrets } from './secrets.ts'

const withoutNulls = (members: object): object =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null && value !== undefined))

/** What the provider's adapter takes: stored settings, opened secrets and own limits in one object. */
export const loadSettings = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  row: ProviderRow,
): Promise<unknown> => {
  const { concurrent = null } = row.limits as Partial<Limits>
  if (row.kind === 'mx')
    return withoutNulls({ ...(row.config as StoredConfig), provider_id: row.id, concurrent })
  if (row.kind !== 'smtp') return {}
  const secrets = openSecrets(await accountKeys(trx, deps.keys, accountId), row)
  const { receipts: _receipts, ...config } = row.config as StoredConfig
  const { receipts_secret: _secret, ...credentials } = secrets
  return withoutNulls({ ...config, ...credentials, concurrent })
}
