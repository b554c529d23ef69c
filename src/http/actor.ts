import type { PermissionKey } from './permissions/contract.ts'

/** Who calls, as the session says it at this moment. */
export type Actor = {
  readonly kind: 'user'
  readonly accountId: string
  readonly userId: string
  readonly sessionId: string
  readonly name: string
  readonly language: 'en' | 'pl' | 'de'
  readonly timeZone: string
  readonly staff: boolean
  readonly owner: boolean
  readonly permissions: ReadonlySet<PermissionKey>
  readonly accountStatus: 'pending' | 'test' | 'active' | 'suspended' | 'closed'
  readonly limited: string | null
  readonly freshGeneralUntil: Date | null
  readonly freshFactorsUntil: Date | null
  readonly entitlements: Readonly<Record<string, unknown>>
}
