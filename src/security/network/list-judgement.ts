import { isLive, listOfRole, ofScope, type Rules, type Scope } from './rules.ts'
import type { Verdict } from './verdict.ts'

type Asked = {
  readonly scope: Scope
  readonly now: Date
  /** Roles of the user; none for a key or where no user is asked about. */
  readonly role_ids: readonly string[]
}

/** What SQL finds in the tables, found in rules at hand: a proposed list, or the last confirmed one. */
export const judgeRules = (
  rules: Rules,
  asked: Asked,
  value: bigint | null,
): Pick<Verdict, 'state' | 'closed' | 'entry_id' | 'role_lists' | 'role_matches'> => {
  const { scope, now, role_ids } = asked
  const matches = (entry: { lo: bigint; hi: bigint; expiresAt: Date | null }): boolean =>
    value !== null && isLive(entry, now) && entry.lo <= value && value <= entry.hi
  const listed = ofScope(rules, scope)
  const lists =
    scope === 'panel' ? role_ids.map((id) => listOfRole(rules, id)).filter((list) => list.length) : []
  return {
    state: rules.state,
    closed: listed.length > 0,
    entry_id: listed.find(matches)?.id ?? null,
    role_lists: lists.length,
    role_matches: lists.filter((list) => list.some(matches)).length,
  }
}
