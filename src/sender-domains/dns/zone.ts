import { getServers } from 'node:dns'
import type { Deps } from '../../http/deps.ts'
import { guardOf } from '../../http/outbound.ts'
import { registrableOf } from '../domain-name.ts'
import { type Ask, askOf, type Told } from './ask.ts'

const dnsPort = 53
const resolversMax = 2
const nameServersMax = 8
const addressesMax = 6

/** Where a domain lies, and whom to ask about it. */
export type Zone = {
  /** Null where nobody told. */
  readonly apex: string | null
  readonly nameServers: readonly string[]
  /** The servers of the zone itself; null where none of them may be or can be asked. */
  readonly authority: Ask | null
  /** What the world sees. */
  readonly resolvers: readonly Ask[]
}

const valuesOf = (told: Told): readonly string[] => (told.kind === 'values' ? told.values : [])

const resolversOf = (deps: Deps): readonly Ask[] => {
  const servers = deps.config.dnsResolvers ?? getServers()
  return servers.slice(0, resolversMax).map((server) => askOf([server]))
}

/** Those that say anything about the domain at all. */
const aliveOf = async (asks: readonly Ask[], domain: string): Promise<readonly Ask[]> => {
  const told = await Promise.all(asks.map((ask) => ask(domain, 'TXT')))
  return asks.filter((_, at) => told[at]?.kind !== 'silent')
}

/** The first resolver that says something; the second stands in when it is silent. */
const firstOf = async (asks: readonly Ask[], ...question: Parameters<Ask>): Promise<Told> => {
  for (const ask of asks) {
    const told = await ask(...question)
    if (told.kind !== 'silent') return told
  }
  return { kind: 'silent' }
}

/** Names from the domain up to the one that was registered; a zone is cut at one of them. */
const candidatesOf = (domain: string): string[] => {
  const depth = domain.split('.').length - registrableOf(domain).split('.').length
  return Array.from({ length: depth + 1 }, (_, at) => domain.split('.').slice(at).join('.'))
}

/**
 * Addresses of the zone's servers that may be asked: whoever manages the zone chooses them, so they stand before the
 * guard like every target of a tenant.
 */
const authorityOf = async (
  deps: Deps,
  resolvers: readonly Ask[],
  nameServers: readonly string[],
): Promise<Ask | null> => {
  const asked = nameServers.map(async (host) => {
    const four = valuesOf(await firstOf(resolvers, host, 'A'))
    return four.length > 0 ? four : valuesOf(await firstOf(resolvers, host, 'AAAA'))
  })
  const addresses = [...new Set((await Promise.all(asked)).flat())].slice(0, addressesMax)
  const vetted = await Promise.all(
    addresses.map((address) =>
      guardOf(deps)
        .vet('dns', address, dnsPort)
        .then(() => (address.includes(':') ? `[${address}]:${dnsPort}` : `${address}:${dnsPort}`))
        .catch(() => null),
    ),
  )
  const servers = vetted.filter((server) => server !== null)
  return servers.length > 0 ? askOf(servers) : null
}

const nowhere: Zone = { apex: null, nameServers: [], authority: null, resolvers: [] }

/** Asked once, so that a dead server costs its time-out once and not with every record. */
const ifAlive = async (ask: Ask | null, apex: string): Promise<Ask | null> =>
  ask !== null && (await ask(apex, 'NS')).kind !== 'silent' ? ask : null

export const findZone = async (deps: Deps, domain: string): Promise<Zone> => {
  const resolvers = await aliveOf(resolversOf(deps), domain)
  if (resolvers.length === 0) return nowhere
  for (const apex of candidatesOf(domain)) {
    const nameServers = valuesOf(await firstOf(resolvers, apex, 'NS')).slice(0, nameServersMax)
    if (nameServers.length === 0) continue
    const authority = await ifAlive(await authorityOf(deps, resolvers, nameServers), apex)
    return { apex, nameServers, authority, resolvers }
  }
  return { ...nowhere, resolvers }
}
