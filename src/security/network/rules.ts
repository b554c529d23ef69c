import type { Range } from '../../lib/addresses/range-set.ts'
import type { EntryKind } from './entry.ts'

export type IpState = 'off' | 'report' | 'enforce'
export type Scope = 'panel' | 'api' | 'smtp'
export const scopes: readonly Scope[] = ['panel', 'api', 'smtp']

type Listed = Range & {
  readonly id: string
  readonly family: 4 | 6
  readonly kind: EntryKind
  readonly input: string
  readonly canonical: string
  readonly label: string | null
  readonly expiresAt: Date | null
  readonly createdBy: string | null
  readonly createdAt: Date
}
export type Entry = Listed & { readonly scopes: readonly Scope[] }
export type RoleEntry = Listed & { readonly roleId: string }

/** What decides for everybody: personal entries and exceptions are no part of it (security.md §2.6). */
export type Rules = {
  readonly state: IpState
  readonly entries: readonly Entry[]
  readonly roleEntries: readonly RoleEntry[]
}

/** From its last second on an entry matches nothing, but it still keeps its list closed (security.md §2.2). */
export const isLive = (entry: Pick<Listed, 'expiresAt'>, at: Date): boolean =>
  entry.expiresAt === null || entry.expiresAt > at

export const ofScope = (rules: Rules, scope: Scope): readonly Entry[] =>
  rules.entries.filter((entry) => entry.scopes.includes(scope))

export const listOfRole = (rules: Rules, roleId: string): readonly RoleEntry[] =>
  rules.roleEntries.filter((entry) => entry.roleId === roleId)

export const hasNothing = (rules: Rules): boolean =>
  rules.entries.length === 0 && rules.roleEntries.length === 0

export const hasLiveRule = (rules: Rules, at: Date): boolean =>
  [...rules.entries, ...rules.roleEntries].some((entry) => isLive(entry, at))
