import { TargetError } from './failure.ts'
import { canonicalHost } from './host.ts'
import { type Resolve, type ResolvedAddress, resolveHost, systemResolve } from './lookup.ts'
import { isDenied, loopbackNetworks, networkSet } from './networks.ts'
import { isPublicPort, isPublicScheme, publicPortsOf, type TargetKind } from './targets.ts'

/** A target that may be connected to, at exactly these addresses. */
export type VettedTarget = {
  readonly host: string
  readonly port: number
  readonly addresses: readonly ResolvedAddress[]
  /** Every address lies in an allowed private network. */
  readonly allowedPrivate: boolean
}

/** A socket on which the installation listens; the unspecified address stands for every own one. */
export type OwnSocket = { readonly address: string; readonly port: number }

export type GuardRules = {
  /** CIDR list of private targets that are let through. */
  readonly allow: readonly string[]
  /** The installation's own public hosts, refused unless allowed above; empty while PUBLIC_URL is loopback. */
  readonly ownHosts: readonly string[]
  /** Addresses of this machine's interfaces; public ones are refused like `ownHosts`, wherever there are any. */
  readonly localAddresses: () => readonly string[]
  /** Panel, content, database and metrics: refused always. */
  readonly ownSockets: () => Promise<readonly OwnSocket[]>
  /** Test support answers in place of the name service. */
  readonly resolve?: Resolve
}

export type OutboundGuard = {
  /**
   * Resolves the host anew and judges every address of it.
   * @throws TargetError
   */
  vet(kind: TargetKind, host: string, port: number): Promise<VettedTarget>
  /**
   * The same for an address as WHATWG reads it; user-info is refused.
   * @throws TargetError
   */
  vetUrl(kind: TargetKind, address: string): Promise<{ readonly url: URL; readonly target: VettedTarget }>
}

const refused = (text: string): TargetError => new TargetError('url_refused', text)

const loopback = networkSet(loopbackNetworks)
const everywhere = new Set(['0.0.0.0', '::', 'localhost'])

/** Whether a connection to the address would end at the socket. */
const leadsTo = (address: string, socket: OwnSocket, local: () => readonly string[]): boolean => {
  if (address === socket.address) return true
  if (loopback.has(address)) return everywhere.has(socket.address) || loopback.has(socket.address)
  return everywhere.has(socket.address) && local().includes(address)
}

const readUrl = (address: string): URL => {
  if (!URL.canParse(address)) throw refused('This is not an address like https://example.com/path.')
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw refused('The address must begin with https://.')
  if (url.username || url.password) throw refused('The address must not hold a user or password.')
  // One spelling of the host everywhere: in the connection, in its Host header and in TLS.
  url.hostname = url.hostname.replace(/\.$/, '')
  return url
}

export const makeOutboundGuard = (rules: GuardRules): OutboundGuard => {
  const allowed = networkSet(rules.allow)
  const ownHosts = new Set(rules.ownHosts)
  const ask = rules.resolve ?? systemResolve

  const ownAddresses = async (): Promise<ReadonlySet<string>> => {
    if (ownHosts.size === 0) return new Set()
    const found = await Promise.all([...ownHosts].map((host) => resolveHost(host, ask).catch(() => [])))
    return new Set([...rules.localAddresses(), ...found.flat().map(({ address }) => address)])
  }

  const judge = (address: string, host: string, own: ReadonlySet<string>): boolean => {
    if (allowed.has(address)) return true
    if (isDenied(address) || ownHosts.has(host) || own.has(address))
      throw refused(`${host} leads to ${address}, an address that must not be used.`)
    return false
  }

  const vet: OutboundGuard['vet'] = async (kind, given, port) => {
    const host = canonicalHost(given)
    if (!host) throw refused('This is not a host name or address.')
    const addresses = await resolveHost(host, ask)
    const own = await ownAddresses()
    const verdicts = addresses.map(({ address }) => judge(address, host, own))
    const sockets = (await rules.ownSockets()).filter((socket) => socket.port === port)
    if (sockets.some((socket) => addresses.some((a) => leadsTo(a.address, socket, rules.localAddresses))))
      throw refused(`${host}:${port} belongs to this installation.`)
    const allowedPrivate = verdicts.every(Boolean)
    if (!allowedPrivate && !isPublicPort(kind, port))
      throw refused(`Port ${port} must not be used; allowed are ${publicPortsOf(kind)}.`)
    return { host, port, addresses, allowedPrivate }
  }

  const vetUrl: OutboundGuard['vetUrl'] = async (kind, address) => {
    const url = readUrl(address)
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
    const target = await vet(kind, url.hostname, port)
    if (!target.allowedPrivate && !isPublicScheme(kind, url.protocol, port))
      throw refused('Plain http leads to allowed private targets only; use https.')
    return { url, target }
  }

  return { vet, vetUrl }
}
