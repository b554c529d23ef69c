import { randomInt } from 'node:crypto'
import { promises as dns, type MxRecord } from 'node:dns'
import { isIP } from 'node:net'
import type { ResolvedAddress } from '../../../lib/outbound-guard/index.ts'
import { registrableDomain } from '../../../lib/registrable-domain.ts'

/** Where the mail of a domain goes, or why nowhere. */
export type MailRoute =
  | {
      readonly kind: 'hosts'
      /** In the order of trying. */
      readonly hosts: readonly string[]
      /** What the first of them have in common with other domains' (email.md §16, roll-up). */
      readonly site: string
    }
  /** Definite: the domain takes no mail. */
  | { readonly kind: 'none'; readonly code: string; readonly text: string }
  /** The name service did not say. */
  | { readonly kind: 'unknown'; readonly text: string }

export type MxResolver = {
  routeOf(domain: string): Promise<MailRoute>
  /** Addresses of a mail server; empty when it has none, thrown when the name service is away. */
  addressesOf(host: string): Promise<readonly ResolvedAddress[]>
}

const queryMsMax = 3_000
const triesMax = 2
/** A list of a hundred servers is an attack on our patience and no redundancy. */
const hostsMax = 8

/** Answers that say "there is none"; every other fault says "ask later". */
const absent = new Set(['ENODATA', 'ENOTFOUND'])
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? 'unknown'

const nameOf = (exchange: string): string => exchange.toLowerCase().replace(/\.$/, '')

/** By preference, equal ones in an order that spreads the load (RFC 5321 §5.1). */
const inOrder = (records: readonly MxRecord[], draw: () => number): string[] =>
  records
    .map((record) => ({ ...record, draw: draw() }))
    .toSorted((a, b) => a.priority - b.priority || a.draw - b.draw)
    .map(({ exchange }) => nameOf(exchange))

/** One answer for one set of records, whichever of equal servers is drawn first. */
const siteOf = (records: readonly MxRecord[]): string => {
  const best = Math.min(...records.map(({ priority }) => priority))
  const names = records.filter(({ priority }) => priority === best).map(({ exchange }) => nameOf(exchange))
  return registrableDomain(names.toSorted()[0] ?? '')
}

const isNullMx = (records: readonly MxRecord[]): boolean =>
  records.every(({ exchange }) => nameOf(exchange) === '')

/** @param servers resolvers to ask (`address` or `address:port`); null = those of the machine. */
export const makeMxResolver = (
  servers: readonly string[] | null,
  draw: () => number = () => randomInt(1_000_000),
): MxResolver => {
  const resolver = new dns.Resolver({ timeout: queryMsMax, tries: triesMax })
  if (servers) resolver.setServers([...servers])

  const addressesOf: MxResolver['addressesOf'] = async (host) => {
    const own = isIP(host)
    if (own === 4 || own === 6) return [{ address: host, family: own }]
    const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)])
    const found = [
      ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 as const })) : []),
      ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 as const })) : []),
    ]
    if (found.length > 0) return found
    const fault = [four, six].find((one) => one.status === 'rejected' && !absent.has(codeOf(one.reason)))
    if (fault?.status === 'rejected') throw fault.reason
    return []
  }

  /** Without MX records the domain itself is the mail server (RFC 5321 §5.1). */
  const implicit = async (domain: string): Promise<MailRoute> => {
    const addresses = await addressesOf(domain)
    return addresses.length > 0
      ? { kind: 'hosts', hosts: [domain], site: registrableDomain(domain) }
      : { kind: 'none', code: '5.1.2', text: `${domain} has neither a mail server nor an address.` }
  }

  const lookUp = async (domain: string): Promise<MailRoute> => {
    let records: readonly MxRecord[]
    try {
      records = await resolver.resolveMx(domain)
    } catch (error) {
      if (codeOf(error) === 'ENODATA') return implicit(domain)
      if (codeOf(error) === 'ENOTFOUND')
        return { kind: 'none', code: '5.1.2', text: `The domain ${domain} does not exist.` }
      throw error
    }
    if (records.length === 0) return implicit(domain)
    // RFC 7505: the domain says that it takes no mail at all.
    if (isNullMx(records)) return { kind: 'none', code: '5.1.10', text: `${domain} takes no mail (null MX).` }
    const servers = records.filter(({ exchange }) => nameOf(exchange) !== '')
    return { kind: 'hosts', hosts: inOrder(servers, draw).slice(0, hostsMax), site: siteOf(servers) }
  }

  return {
    addressesOf,
    routeOf: async (domain) => {
      try {
        return await lookUp(domain)
      } catch (error) {
        return {
          kind: 'unknown',
          text: `The mail servers of ${domain} could not be looked up (${codeOf(error)}).`,
        }
      }
    },
  }
}
