import { useQuery } from '@tanstack/react-query'
import {
  listProviders,
  listRoutes,
  type Provider,
  type SendingRoute,
} from '../../../../src/providers/contract.ts'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'

export const everyRoute = { query: { channel: 'email', limit: 1000 } } as const

/** The route that takes whatever no narrower one takes. */
export const isMain = (route: SendingRoute): boolean =>
  route.enabled &&
  route.traffic === 'any' &&
  route.country === null &&
  route.receiving_domain === null &&
  route.sender_id === null

/** Providers with the routes they stand in: what leaves, and which way. */
export const useEmailWay = () => {
  useLive('provider', listProviders, listRoutes)
  const providers = useQuery(read(listProviders, everyRoute))
  const routes = useQuery(read(listRoutes, everyRoute))
  const all: readonly Provider[] = providers.data?.data ?? []
  const rules: readonly SendingRoute[] = routes.data?.data ?? []
  const main = rules.find(isMain) ?? null
  const named = (route: SendingRoute | null): readonly Provider[] =>
    (route?.providers ?? [])
      .map(({ provider_id }) => all.find(({ id }) => id === provider_id))
      .filter((provider) => provider !== undefined)
  return {
    all,
    main,
    others: rules.filter((route) => route !== main),
    /** In the order of the main route. */
    inMain: named(main),
    named,
    simulator: all.find(({ kind }) => kind === 'simulator') ?? null,
    routesOf: (provider: Provider): readonly SendingRoute[] =>
      rules.filter((route) => route.providers.some(({ provider_id }) => provider_id === provider.id)),
    isPending: providers.isPending || routes.isPending,
    error: providers.error ?? routes.error,
    retry: () => void Promise.all([providers.refetch(), routes.refetch()]),
  }
}
export type EmailWay = ReturnType<typeof useEmailWay>

/** host:port, or nothing for what has no address. */
export const addressOfProvider = ({ config }: Provider): string | null =>
  config.host === undefined
    ? null
    : `${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`
