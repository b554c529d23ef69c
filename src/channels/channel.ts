import type { TSchema } from 'typebox'

export type ChannelName = 'email' | 'sms' | 'push' | 'rcs'

/** What is handed to an adapter: one content for one recipient, ready to leave. */
export type RenderedMessage = {
  /** Our id; it travels as the provider's client reference and in the header `X-Campanile-Message`. */
  readonly messageId: string
  /** Account, source and origin, for adapters that keep what they take (the simulator). */
  readonly accountId: string
  readonly sourceId: string
  readonly origin: 'campaign' | 'transactional' | 'test'
  readonly recipient: string
  /** Return path of the SMTP envelope. */
  readonly envelopeFrom: string
  /** The whole message (RFC 5322), lines ending in CRLF. */
  readonly raw: Buffer
  /**
   * Set by a composer that promises seven bits, lines ending in CRLF, none beginning with a dot: such a message goes to
   * a server as it is (RFC 5321 §4.5.2).
   */
  readonly wireReady?: true
}

export type SubmitAnswer =
  | { readonly kind: 'accepted'; readonly providerRef: string | null; readonly text: string }
  /** Definite "not now" for this recipient; costs an attempt. */
  | {
      readonly kind: 'temporary'
      readonly code: string
      readonly text: string
      readonly retryAfterSeconds?: number
    }
  /** Definite refusal; `class` is the bounce class of email.md §11.1. */
  | { readonly kind: 'permanent'; readonly code: string; readonly class: string; readonly text: string }
  /** The provider slows us or is away and nothing was taken; costs no attempt. */
  | {
      readonly kind: 'throttled' | 'down'
      readonly code: string
      readonly text: string
      readonly retryAfterSeconds?: number
      /** Said by the receiver of this message and not by the provider: all others go on. */
      readonly scope?: 'receiver'
    }
  /** Not one byte of it was written (the gate closed, no connection). */
  | { readonly kind: 'not_begun' }
  /** Bytes were begun and the answer was lost. */
  | { readonly kind: 'unanswered'; readonly code: string; readonly text: string }

export type SubmitContext = {
  readonly signal: AbortSignal
  /** Asked immediately before the first byte of a message; false = leave it and answer `not_begun`. */
  mayBegin(messageId: string): boolean
  /** Reported as soon as known, once per message; a message without report is uncertain. */
  report(messageId: string, answer: SubmitAnswer): void
}

/** What exactly happened when a provider was tried without sending. */
export type CheckResult = { readonly ok: boolean; readonly detail: string; readonly durationMs: number }

/** About a message whose answer was lost; the reference is the provider's, where one had come. */
export type LookupQuestion = { readonly messageId: string; readonly providerRef: string | null }

export type LookupAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'rejected'; readonly code: string; readonly class: string; readonly text: string }
  /** Never heard of it; or it may know later. */
  | { readonly kind: 'not_found' | 'not_yet' }

export type Capabilities = {
  readonly max_batch: number
  readonly concurrent: number
  readonly idempotent_submit: boolean
  readonly lookup_by_id: boolean
  readonly delivery_receipts: boolean
}

/** A provider behind a channel: a value, not a subclass. `submit` throws only for defects. */
export type ChannelAdapter<Settings> = {
  readonly channel: ChannelName
  readonly kind: string
  readonly settings: TSchema
  /** Names of settings that are secret: sealed in the database, never in a reply. */
  readonly secretSettings: readonly string[]
  readonly capabilities: Capabilities
  check(settings: Settings, signal: AbortSignal): Promise<CheckResult>
  submit(batch: readonly RenderedMessage[], settings: Settings, context: SubmitContext): Promise<void>
  /** Present where `capabilities.lookup_by_id` says so. */
  lookup?(
    questions: readonly LookupQuestion[],
    settings: Settings,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, LookupAnswer>>
  /** How long after a submission a message that the provider does not know was surely not taken. */
  readonly visibilitySeconds?: number
  /** How long the same id may be submitted again and counts once, where `capabilities.idempotent_submit` says so. */
  readonly idempotentSeconds?: number
  /** Closes pooled connections. */
  close(): Promise<void>
}
