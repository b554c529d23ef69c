import { covers, holds, type RangeSet, unite } from '../../lib/addresses/range-set.ts'
import { isLive, listOfRole, ofScope, type Rules, scopes } from './rules.ts'

/** From where the panel may be used; null = from everywhere. */
type PanelSet = {
  readonly account: RangeSet | null
  readonly roles: ReadonlyMap<string, RangeSet>
}

/** Beyond it no entry ends: far enough for every expiry, near enough to be a date. */
const forever = new Date(8.64e15)
const momentsMax = 100

const rolesOf = (rules: Rules): readonly string[] => [
  ...new Set(rules.roleEntries.map((entry) => entry.roleId)),
]

const panelSet = (rules: Rules, at: Date): PanelSet => {
  if (rules.state !== 'enforce') return { account: null, roles: new Map() }
  const live = (entries: Rules['entries'] | Rules['roleEntries']): RangeSet =>
    unite(entries.filter((entry) => isLive(entry, at)))
  const listed = ofScope(rules, 'panel')
  return {
    account: listed.length > 0 ? live(listed) : null,
    roles: new Map(rolesOf(rules).map((id) => [id, live(listOfRole(rules, id))])),
  }
}

const within = (outer: RangeSet | null | undefined, inner: RangeSet | null | undefined): boolean =>
  !outer || (!!inner && covers(outer, inner))

const narrowsAt = (before: Rules, after: Rules, at: Date): boolean => {
  const [old, next] = [panelSet(before, at), panelSet(after, at)]
  if (!within(next.account, old.account)) return true
  return [...next.roles].some(([id, set]) => !within(set, old.roles.get(id)))
}

/** Now, each moment at which an entry of the new rules ends, and after all of them. */
const momentsOf = (rules: Rules, now: Date): readonly Date[] => {
  const ends = [...rules.entries, ...rules.roleEntries].flatMap(({ expiresAt }) =>
    expiresAt && expiresAt > now ? [expiresAt.getTime()] : [],
  )
  const distinct = [...new Set(ends)].toSorted((a, b) => a - b).slice(0, momentsMax)
  return [now, ...distinct.map((time) => new Date(time)), forever]
}

/** Whether somebody could use the panel before and could not, now or at any later time, after the change. */
export const narrows = (before: Rules, after: Rules, now: Date): boolean =>
  momentsOf(after, now).some((at) => narrowsAt(before, after, at))

const lastEnd = (
  entries: readonly { lo: bigint; hi: bigint; expiresAt: Date | null }[],
  value: bigint,
  now: Date,
): number => {
  const ends = entries
    .filter((entry) => isLive(entry, now) && holds([entry], value))
    .map(({ expiresAt }) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
  return Math.max(Number.NEGATIVE_INFINITY, ...ends)
}

/**
 * How long the address stays inside, in milliseconds; -Infinity when it is outside already. Personal entries and
 * exceptions do not count (security.md §2.6).
 */
export const insideUntil = (
  rules: Rules,
  caller: { readonly value: bigint | null; readonly roleIds: readonly string[] },
  now: Date,
): number => {
  if (rules.state !== 'enforce') return Number.POSITIVE_INFINITY
  const lists = [ofScope(rules, 'panel'), ...caller.roleIds.map((id) => listOfRole(rules, id))].filter(
    (list) => list.length > 0,
  )
  const { value } = caller
  return Math.min(
    Number.POSITIVE_INFINITY,
    ...lists.map((list) => (value === null ? Number.NEGATIVE_INFINITY : lastEnd(list, value, now))),
  )
}

/** Whether the change opens the panel, the API or the submission port to every network (security.md §2.2). */
export const opens = (before: Rules, after: Rules): boolean => {
  if (before.state !== 'enforce') return false
  const closed = (rules: Rules, scope: (typeof scopes)[number]): boolean =>
    rules.state === 'enforce' && ofScope(rules, scope).length > 0
  const lost = scopes.some((scope) => closed(before, scope) && !closed(after, scope))
  const lostRoles = before.roleEntries.length > 0 && !closed(after, 'panel') && after.roleEntries.length === 0
  return lost || lostRoles || (after.state !== 'enforce' && before.state === 'enforce')
}

/** The list may not be left to entries that all end: time would shut everybody out (security.md §2.6). */
export const leavesOnlyExpiring = (rules: Rules, now: Date): boolean => {
  const live = ofScope(rules, 'panel').filter((entry) => isLive(entry, now))
  return live.length > 0 && live.every((entry) => entry.expiresAt !== null)
}
