import type { RenderedMessage, SubmitContext } from '../../channels/channel.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'

export type ProviderLimits = {
  readonly per_second: number | null
  readonly per_minute: number | null
  readonly per_hour: number | null
  readonly per_day: number | null
}

/** One usable provider of a route, ready to submit. */
export type OutboundRoute = {
  readonly providerId: string
  readonly name: string
  readonly maxBatch: number
  readonly limits: ProviderLimits
  submit(batch: readonly RenderedMessage[], context: SubmitContext): Promise<void>
  /** Feeds the provider's circuit breaker: `failed` is a provider-level error, not a refused recipient. */
  recordOutcome(outcome: 'answered' | 'failed'): Promise<void>
}

/** Providers for a message in their order, circuits considered; empty when none may be used now. */
export type ResolveRoutes = (
  trx: Trx,
  deps: Deps,
  wanted: {
    accountId: string
    channel: 'email'
    traffic: 'campaign' | 'transactional'
    senderId: string | null
  },
) => Promise<readonly OutboundRoute[]>
