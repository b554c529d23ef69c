import type { Limited } from '../../http/actor.ts'

export type SessionOwner = { readonly accountId: string; readonly userId: string; readonly epoch: number }

export type SessionKind = {
  /** Methods that were proven, in order (security.md §5.1). */
  readonly amr: readonly string[]
  readonly limited?: Limited | null
  /** A limited session may end before its ordinary time. */
  readonly limitedUntil?: Date
  readonly impersonation?: {
    readonly staffId: string
    readonly staffName: string
    readonly staffSessionId: string
    readonly expiresAt: Date
    readonly write: boolean
    readonly reason: string
  }
}

/** What changes with a new token; what is left out stays. */
export type Renewal = {
  readonly freshGeneralUntil?: Date | null
  readonly freshFactorsUntil?: Date | null
  readonly epoch?: number
  readonly amr?: readonly string[]
  readonly limited?: Limited | null
}
