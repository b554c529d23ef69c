import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { isDenied, loopbackNetworks, networkSet } from './networks.ts'

export type Address = { readonly address: string; readonly family: 4 | 6 }

/** A target that may be connected to, at exactly these addresses. */
export type VettedTarget = {
  readonly host: string
  readonly port: number
  readonly addresses: readonly Address[]
  /** Every address lies in an allowed private network. */
  readonly allowedPrivate: boolean
}

export type TargetFailure = 'url_refused' | 'dns_failed'

/** Why a target was not vetted; `url_refused` is an answer of the guard, `dns_failed` one of the name service. */
export class TargetError extends Error {
  readonly code: TargetFailure

  constructor(code: TargetFailure, text: string) {
    super(text)
    this.name = 'TargetError'
    this.code = code
  }
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
}

export type OutboundGuard = {
  /**
   * Resolves the host anew and judges every address of it.
   * @throws TargetError
   */
  vet(host: string, port: number, publicPorts: readonly number[]): Promise<VettedTarget>
}

/** Ports of SMTP relays on public addresses. */
export const smtpPorts = [25, 465, 587, 2525] as const

const lookupMsMax = 5_000
const namePattern = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/

/** The host as a URL would read it: lower case, A-labels, plain IPv4, no trailing dot; null when it is none. */
export const canonicalHost = (text: string): string | null => {
  const bare = text.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) === 6) return bare.includes('%') ? null : new URL(`http://[${bare}]`).hostname.slice(1, -1)
  if (/[/@:?#\\%\s[\]]/.test(text) || !URL.canParse(`http://${text}`)) return null
  const host = new URL(`http://${text}`).hostname.replace(/\.$/, '')
  return host.length <= 253 && (isIP(host) === 4 || namePattern.test(host)) ? host : null
}

const resolve = async (host: string): Promise<readonly Address[]> => {
  const family = isIP(host)
  if (family === 4 || family === 6) return [{ address: host, family }]
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), lookupMsMax)
  })
  try {
    const found = await Promise.race([lookup(host, { all: true, verbatim: true }), late])
    return found.map(({ address, family: version }) => ({ address, family: version === 6 ? 6 : 4 }))
  } catch (error) {
    const reason = (error as { code?: string }).code ?? (error as Error).message
    throw new TargetError('dns_failed', `The name ${host} could not be resolved (${reason}).`)
  } finally {
    clearTimeout(timer)
  }
}

const refused = (text: string): TargetError => new TargetError('url_refused', text)

const loopback = networkSet(loopbackNetworks)
const everywhere = new Set(['0.0.0.0', '::', 'localhost'])

export const makeOutboundGuard = (rules: GuardRules): OutboundGuard => {
  const allowed = networkSet(rules.allow)
  const ownHosts = new Set(rules.ownHosts)

  const judge = (address: string, host: string): boolean => {
    if (allowed.has(address)) return true
    const own = ownHosts.has(host) || (ownHosts.size > 0 && rules.localAddresses().includes(address))
    if (isDenied(address) || own)
      throw refused(`${host} leads to ${address}, an address that must not be used.`)
    return false
  }

  const leadsTo = (address: string, socket: OwnSocket): boolean => {
    if (address === socket.address) return true
    if (loopback.has(address)) return everywhere.has(socket.address) || loopback.has(socket.address)
    return everywhere.has(socket.address) && rules.localAddresses().includes(address)
  }

  return {
    vet: async (given, port, publicPorts) => {
      const host = canonicalHost(given)
      if (!host) throw refused('This is not a host name or address.')
      const addresses = await resolve(host)
      if (addresses.length === 0) throw new TargetError('dns_failed', `The name ${host} has no address.`)
      const own = await rules.ownSockets()
      const verdicts = addresses.map(({ address }) => judge(address, host))
      if (own.some((socket) => socket.port === port && addresses.some((a) => leadsTo(a.address, socket))))
        throw refused(`${host}:${port} belongs to this installation.`)
      const allowedPrivate = verdicts.every(Boolean)
      if (!allowedPrivate && !publicPorts.includes(port))
        throw refused(`Port ${port} must not be used; allowed are ${publicPorts.join(', ')}.`)
      return { host, port, addresses, allowedPrivate }
    },
  }
}
