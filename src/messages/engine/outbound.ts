import type { RenderedMessage, SubmitAnswer, SubmitContext } from '../../channels/channel.ts'
import type { Trx } from '../../db/pool.ts'
import type { Deps } from '../../http/deps.ts'

export type ProviderLimits = {
  readonly per_second: number | null
  readonly per_minute: number | null
  readonly per_hour: number | null
  readonly per_day: number | null
}

/** A claimed row before it is handed over; `recipientKey` is unique within its source. */
export type AdmissionRow = {
  readonly recipientKey: string
  readonly messageId: string
  /** Receiving domain of an e-mail address, lower case; null on other channels. */
  readonly domain: string | null
  readonly lane: number
}

/** Rows left out of both lists are treated as `now`. */
export type Admission = {
  readonly now: readonly string[]
  /** Back to the queue for so many seconds, no attempt counted; `factor` is shown as what limits the run. */
  readonly later: readonly { readonly key: string; readonly seconds: number; readonly factor: string }[]
  /** Rows that leave by another provider than the rest: their receiver has a route of its own, say. */
  readonly elsewhere?: readonly { readonly route: OutboundRoute; readonly keys: readonly string[] }[]
}

/** Which of these rows may go on; asked in the transaction that claims them. */
export type Admit = (trx: Trx, rows: readonly AdmissionRow[]) => Promise<Admission>

export type NotedAnswer = { readonly domain: string | null; readonly answer: SubmitAnswer }

/** One usable provider of a route, ready to submit. */
export type OutboundRoute = {
  readonly providerId: string
  readonly name: string
  readonly maxBatch: number
  readonly limits: ProviderLimits
  submit(batch: readonly RenderedMessage[], context: SubmitContext): Promise<void>
  /** Asked in the transaction that claims: which of these rows may go on to their receivers (email.md §16). */
  readonly admit?: Admit
  /** Told after a batch has been recorded. */
  readonly noteAnswers?: (answers: readonly NotedAnswer[]) => Promise<void>
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
