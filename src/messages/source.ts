import type { RenderedMessage } from '../channels/channel.ts'
import type { Trx } from '../db/pool.ts'
import type { Deps } from '../http/deps.ts'
import type { Admit } from './engine/outbound.ts'

export type SourceKind = 'campaign' | 'test' | 'transactional'

/** A claimed ledger row about to be rendered. */
export type RecipientRow = {
  readonly messageId: string
  readonly recipientKey: string
  readonly contactId: string | null
  readonly address: string
}

/** What one recipient gets, or why nothing leaves (`render_failed`, sending.md §2.2). */
export type Rendering = RenderedMessage | { readonly failed: 'render_failed'; readonly detail: string }

/** One content revision of a source, loaded once and rendered for many recipients. */
export type PreparedSource = {
  readonly senderId: string | null
  /** About what one message of it weighs; heavy ones are handed over in smaller batches. */
  readonly bytesEach?: number
  /** Which recipients may be written to at this hour; left out where every hour will do. */
  readonly admit?: Admit | undefined
  /** Renders a batch; every given message id is in the answer. */
  render(trx: Trx, recipients: readonly RecipientRow[]): Promise<ReadonlyMap<string, Rendering>>
}

/**
 * What asks for messages. The engine knows ledger rows alone; the feature above it (campaigns) supplies the content.
 * Registered in worker.ts by kind.
 */
export type MessageSource = {
  readonly kind: SourceKind
  /** `runMonth` is an ISO date; it stands in every link token. Null when the source is gone. */
  load(
    trx: Trx,
    deps: Deps,
    source: { accountId: string; sourceId: string; revision: number; runMonth: string },
  ): Promise<PreparedSource | null>
}
