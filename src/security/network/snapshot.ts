import type { Entry, RoleEntry, Rules } from './rules.ts'

type Stored<T> = {
  [K in keyof T]: T[K] extends bigint ? string : T[K] extends Date | null ? string | null : T[K]
}
type Snapshot = {
  readonly state: Rules['state']
  readonly entries: readonly Stored<Entry>[]
  readonly roleEntries: readonly Stored<RoleEntry>[]
}

/** The rules as they are kept beside a narrowing that waits to be confirmed. */
export const toSnapshot = (rules: Rules): string =>
  JSON.stringify(rules, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString(16) : value))

const revive = <T extends Entry | RoleEntry>(stored: Stored<T>): T => {
  const { lo, hi, expiresAt, createdAt } = stored as Stored<Entry>
  return {
    ...stored,
    lo: BigInt(`0x${lo}`),
    hi: BigInt(`0x${hi}`),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    createdAt: new Date(String(createdAt)),
  } as unknown as T
}

export const readSnapshot = (stored: unknown): Rules => {
  const { state, entries, roleEntries } = stored as Snapshot
  return {
    state,
    entries: entries.map((entry) => revive<Entry>(entry)),
    roleEntries: roleEntries.map((entry) => revive<RoleEntry>(entry)),
  }
}
