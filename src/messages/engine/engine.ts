import type { RawBuilder } from 'kysely'
import type { Deps } from '../../http/deps.ts'
import type { Journal, LeaseJournal } from '../journal/journal.ts'
import type { MessageSource, PreparedSource, SourceKind } from '../source.ts'
import type { ClaimedRow, Held } from './claim/queries.ts'
import type { OutboundRoute, ResolveRoutes } from './outbound.ts'
import type { NoteRefusals } from './refusals.ts'
import type { SourceHead } from './sources/queries.ts'

export type Engine = {
  readonly deps: Deps
  readonly nodeId: string
  readonly sources: Readonly<Partial<Record<SourceKind, MessageSource>>>
  readonly resolveRoutes: ResolveRoutes
  readonly noteRefusals?: NoteRefusals
  readonly journal?: Journal
  /** Told when a chunk is through: how much of its turn the source has had. */
  readonly noteChunk?: (chunk: { readonly rows: number; readonly providerId: string }) => void
  readonly signal: AbortSignal
  /** Sources whose gate was seen closed; kept by the watcher. */
  readonly closedGates: ReadonlySet<string>
}

export type SourceRef = {
  readonly accountId: string
  readonly sourceId: string
  readonly kind: SourceKind
}

/** What one claim brought: rows under a lease and all that stays the same while they are handed over. */
export type Chunk = {
  readonly head: SourceHead
  readonly route: OutboundRoute
  readonly prepared: PreparedSource
  readonly rows: readonly ClaimedRow[]
  /** Message ids that leave by another route than `route`. */
  readonly elsewhere: ReadonlyMap<string, OutboundRoute>
  readonly held: Held
  /** Send decision over `c` and `m`, asked again at the hand-off; null for tests and requests without a contact. */
  readonly decision: RawBuilder<string | null> | null
  /** On the monotonic clock: when the claim was asked for, and until when its share of a rate limit may be used. */
  readonly askedAt: number
  readonly freshUntil: number
}

/** A chunk at work. */
export type HandOff = Chunk & {
  readonly engine: Engine
  readonly journal: LeaseJournal
  /** Process, gate, lease and freshness as known now; asked before each message. */
  mayGoOn(): boolean
}
