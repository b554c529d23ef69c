import type { OutboundRoute } from './outbound.ts'

const answeredEveryMs = 1_000

/**
 * Feeds the circuit breaker without a write per batch: good outcomes once a second, and always one before a bad one, so that
 * the share of failures it sees is never worse than the truth.
 */
export const makeOutcomes = (route: OutboundRoute) => {
  let toldAt = Number.NEGATIVE_INFINITY
  let untold = false
  return {
    note: async (outcome: 'answered' | 'failed'): Promise<void> => {
      const now = performance.now()
      if (outcome === 'failed') {
        if (untold) await route.recordOutcome('answered')
        untold = false
        return route.recordOutcome('failed')
      }
      untold = now - toldAt < answeredEveryMs
      if (untold) return
      toldAt = now
      await route.recordOutcome('answered')
    },
  }
}
