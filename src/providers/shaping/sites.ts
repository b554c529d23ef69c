import { type MxResolver, makeMxResolver } from '../../channels/email/mx/resolve.ts'
import { type MailRoutes, makeMailRoutes } from '../../channels/email/mx/routes.ts'
import type { Deps } from '../../http/deps.ts'
import { wellKnownSite } from './well-known.ts'

/** Longer than a healthy name service needs; whoever is not known by then is counted under its own domain this time. */
const lookUpMsMax = 1_500

type Names = { readonly resolver: MxResolver; readonly routes: MailRoutes }

/** One set of known names per process. */
const made = new WeakMap<Deps, Names>()

export const namesOf = (deps: Deps): Names => {
  const known = made.get(deps)
  if (known) return known
  const resolver = makeMxResolver(deps.config.dnsResolvers)
  const names = { resolver, routes: makeMailRoutes(resolver) }
  made.set(deps, names)
  return names
}

const within = async <T>(ms: number, late: T, act: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const lateness = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late), ms)
  })
  try {
    return await Promise.race([act, lateness])
  } finally {
    clearTimeout(timer)
  }
}

/** The receiving site of each domain (email.md §16: grouped by MX roll-up). */
export const sitesOf = async (
  deps: Deps,
  domains: Iterable<string>,
): Promise<ReadonlyMap<string, string>> => {
  const { routes } = namesOf(deps)
  const found = new Map<string, string>()
  const asked = [...new Set(domains)].map(async (domain) => {
    found.set(domain, wellKnownSite(domain))
    const route = await routes.routeOf(domain)
    if (route.kind === 'hosts') found.set(domain, route.site)
  })
  await within(
    lookUpMsMax,
    undefined,
    Promise.all(asked).then(() => undefined),
  )
  return new Map(found)
}
