import type { LookupAnswer, LookupQuestion } from '../channels/channel.ts'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import { adapterFor } from './adapters.ts'
import { findProvider } from './queries.ts'
import { loadSettings } from './settings.ts'

export type ProviderAsker = {
  readonly lookup?: (
    questions: readonly LookupQuestion[],
    signal: AbortSignal,
  ) => Promise<ReadonlyMap<string, LookupAnswer>>
  readonly visibilitySeconds?: number
  readonly idempotentSeconds?: number
}

/** What a provider offers about messages whose answer was lost; null when it offers nothing. */
export const findAsker = async (
  trx: Trx,
  deps: Deps,
  accountId: string,
  providerId: string,
): Promise<ProviderAsker | null> => {
  const row = await findProvider(trx, accountId, providerId)
  if (!row) return null
  const adapter = adapterFor(deps, row.channel, row.kind)
  const { visibilitySeconds, idempotentSeconds } = adapter
  if (!adapter.lookup && !idempotentSeconds) return null
  const settings = await loadSettings(trx, deps, accountId, row)
  return {
    ...(adapter.lookup
      ? {
          lookup: async (questions: readonly LookupQuestion[], signal: AbortSignal) =>
            (await adapter.lookup?.(questions, settings, signal)) ?? new Map(),
        }
      : {}),
    ...(visibilitySeconds ? { visibilitySeconds } : {}),
    ...(idempotentSeconds ? { idempotentSeconds } : {}),
  }
}
