import type { RouteRow } from './queries.ts'

/** Routes that fit a chunk, most specific first: sender, then receiving domain, then kind of traffic (sending.md §15.1). */
export type RouteChoice = {
  /** For every receiver that no narrower route names; null when there is none. */
  readonly main: RouteRow | null
  /** Domains that leave by a route of their own. */
  readonly byDomain: ReadonlyMap<string, RouteRow>
}

const rank = (route: RouteRow): readonly number[] => [
  route.sender_id === null ? 1 : 0,
  route.receiving_domain === null ? 1 : 0,
  route.traffic === 'any' ? 1 : 0,
]

const isBefore = (a: RouteRow, b: RouteRow): number => {
  const [left, right] = [rank(a), rank(b)]
  const at = left.findIndex((value, n) => value !== right[n])
  return at === -1 ? (a.id < b.id ? -1 : 1) : (left[at] ?? 0) - (right[at] ?? 0)
}

export const chooseRoutes = (fitting: readonly RouteRow[]): RouteChoice => {
  const ordered = fitting.toSorted(isBefore)
  const main = ordered.find((route) => route.receiving_domain === null) ?? null
  const byDomain = new Map<string, RouteRow>()
  for (const { receiving_domain: domain } of ordered) {
    if (domain === null || byDomain.has(domain)) continue
    // A route of the sender that names no domain comes before one of the domain that names no sender.
    const best = ordered.find((route) => route.receiving_domain === domain || route.receiving_domain === null)
    if (best?.receiving_domain === domain) byDomain.set(domain, best)
  }
  return { main, byDomain }
}
