import type { PermissionKey } from './permissions/contract.ts'

/** Where a request came from, as the application log keeps it. */
export type Where = {
  /** Null = unresolved: never a guess. */
  readonly address: string | null
  readonly agent: string
  readonly requestId: string
  /** First 16 hex digits of the hash of the session token; null without a session. */
  readonly sessionHash: string | null
  readonly amr: readonly string[]
}

/** A session that may reach only part of the product (security.md §3.5). */
export type Limited = 'recovery' | 'after_reset' | 'break_glass' | 'password_change'

/** Staff of the operator acting in a customer's account (security.md §4.5). */
export type Impersonation = {
  readonly staffId: string
  readonly staffName: string
  readonly expiresAt: Date
  readonly write: boolean
}

/** Who calls, as the session or the API key says it at this moment. */
export type Actor = {
  readonly kind: 'user' | 'api_key'
  readonly accountId: string
  /** The person; for a key the person who made it. */
  readonly userId: string
  /** Id of the session, or of the key. */
  readonly sessionId: string
  readonly name: string
  readonly language: 'en' | 'pl' | 'de'
  readonly timeZone: string
  readonly staff: boolean
  readonly owner: boolean
  /** Owner, or holder of a right over users, roles or security. */
  readonly administrator: boolean
  readonly permissions: ReadonlySet<PermissionKey>
  readonly accountStatus: 'pending' | 'test' | 'active' | 'suspended' | 'closed'
  readonly limited: Limited | null
  /** When the session began; missing for keys. */
  readonly startedAt?: Date
  readonly freshGeneralUntil: Date | null
  readonly freshFactorsUntil: Date | null
  readonly impersonation: Impersonation | null
  /** Outside the list of addresses but let in by a live exception: security pages only. */
  readonly exceptionOnly: boolean
  readonly entitlements: Readonly<Record<string, unknown>>
  /** Narrowed to contacts of these groups; left out or null: all contacts. */
  readonly contactGroups?: readonly string[] | null
  readonly where: Where
}
