import type { Entry, RoleEntry, Rules } from '../rules.ts'

/** What people are told about one entry: where, for what and until when. */
const markOf = (entry: Entry | RoleEntry): string =>
  JSON.stringify([
    entry.canonical,
    'scopes' in entry ? entry.scopes.toSorted() : entry.roleId,
    entry.expiresAt,
  ])

const lost = (from: readonly (Entry | RoleEntry)[], to: readonly (Entry | RoleEntry)[]): string[] => {
  const kept = new Set(to.map(markOf))
  return [...new Set(from.filter((entry) => !kept.has(markOf(entry))).map((entry) => entry.canonical))]
}

/** The difference of two lists as canonical networks; a changed scope or end counts as removed and added. */
export const compareLists = (
  before: Rules,
  after: Rules,
): { readonly added: readonly string[]; readonly removed: readonly string[] } => {
  const [old, next] = [before, after].map((rules) => [...rules.entries, ...rules.roleEntries])
  return { added: lost(next ?? [], old ?? []), removed: lost(old ?? [], next ?? []) }
}
