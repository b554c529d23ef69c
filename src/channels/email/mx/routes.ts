import { LRU } from '../../../lib/lru.ts'
import type { MailRoute, MxResolver } from './resolve.ts'

const keptMs = 10 * 60_000
/** Short: a name service that was away comes back. */
const faultKeptMs = 15_000
const domainsMax = 20_000

/** One look-up per domain and ten minutes, shared by all who ask meanwhile. */
export type MailRoutes = { routeOf(domain: string): Promise<MailRoute> }

export const makeMailRoutes = (resolver: MxResolver): MailRoutes => {
  const known = new LRU<string, { readonly route: Promise<MailRoute>; untilMs: number }>(domainsMax)
  return {
    routeOf: (domain) => {
      const nowMs = performance.now()
      const entry = known.get(domain)
      if (entry && entry.untilMs > nowMs) return entry.route
      const fresh = { route: resolver.routeOf(domain), untilMs: nowMs + keptMs }
      known.set(domain, fresh)
      void fresh.route.then((route) => {
        if (route.kind === 'unknown') fresh.untilMs = performance.now() + faultKeptMs
      })
      return fresh.route
    },
  }
}
