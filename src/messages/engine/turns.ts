/** A source that could be worked on now, as the order of turns sees it (sending.md §8). */
export type Candidate = {
  readonly accountId: string
  readonly sourceId: string
  readonly lane: number
  readonly weight: number
}

type Standing = {
  /** Work done so far, divided by the weight; whoever has least is next. */
  virtual: number
  /** Sources that share a provider take turns; null until the first chunk has told. */
  group: string | null
}

const standingsMax = 10_000

/**
 * Whose turn it is: lanes first, then accounts in a circle, then the sources of an account by the share that their weight gives
 * them. Sources of one account at one provider are never worked on at the same time: side by side they would share its rate
 * evenly, whatever their weights are.
 */
export const makeTurns = () => {
  const standings = new Map<string, Standing>()
  const served = new Map<string, number>()
  let turn = 0

  const groupOf = (source: { accountId: string; sourceId: string }): string =>
    standings.get(source.sourceId)?.group ?? source.sourceId

  /** A newcomer begins where the least served of the others stand; it owes nothing and is owed nothing. */
  const admit = (candidates: readonly Candidate[]): void => {
    const known = candidates.flatMap(({ sourceId }) => standings.get(sourceId)?.virtual ?? [])
    const start = known.length > 0 ? Math.min(...known) : 0
    for (const { sourceId } of candidates) {
      if (!standings.has(sourceId)) standings.set(sourceId, { virtual: start, group: null })
    }
    for (const sourceId of standings.keys()) {
      if (standings.size <= standingsMax) break
      standings.delete(sourceId)
    }
  }

  return {
    /** The next of the candidates beside what is at work already; null when none may begin. */
    next<C extends Candidate>(
      candidates: readonly C[],
      atWork: readonly { accountId: string; sourceId: string }[],
    ) {
      admit(candidates)
      const busy = new Set([...atWork.map(({ sourceId }) => sourceId), ...atWork.map(groupOf)])
      const free = candidates.filter((one) => !busy.has(one.sourceId) && !busy.has(groupOf(one)))
      const [first] = free.toSorted(
        (a, b) =>
          a.lane - b.lane ||
          (served.get(a.accountId) ?? 0) - (served.get(b.accountId) ?? 0) ||
          (standings.get(a.sourceId)?.virtual ?? 0) - (standings.get(b.sourceId)?.virtual ?? 0),
      )
      if (!first) return null
      turn += 1
      served.set(first.accountId, turn)
      if (served.size > standingsMax) served.clear()
      return first
    },
    /** Told when a chunk of the source is through. */
    worked(source: Candidate, rows: number, providerId: string | null): void {
      const standing = standings.get(source.sourceId)
      if (!standing) return
      standing.virtual += rows / source.weight
      if (providerId) standing.group = `${source.accountId}:${providerId}`
    },
  }
}
export type Turns = ReturnType<typeof makeTurns>
