import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import { findDatabaseSocket } from '../db/socket/queries.ts'
import {
  loopbackNetworks,
  makeOutboundGuard,
  type OutboundGuard,
  type OwnSocket,
  privateNetworks,
  type Resolve,
  systemResolve,
} from '../lib/outbound-guard/index.ts'
import type { Deps } from './deps.ts'

const databaseSocketMsMax = 30_000

type Guards = {
  readonly tenants: OutboundGuard
  readonly operator: OutboundGuard
  /** Test support: answers of successive look-ups by name. */
  answers: Map<string, readonly (readonly string[])[]>
}

/** One set per process. */
const made = new WeakMap<Deps, Guards>()

const allowedNetworks = ({ egressAllow, loopback }: Config): readonly string[] => {
  if (egressAllow === 'none') return []
  return egressAllow ?? (loopback ? loopbackNetworks : [])
}

const localAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address))

/** Asked of the database itself: the built-in server takes another port when its old one is taken. */
const databaseSocket = (deps: Deps): (() => Promise<readonly OwnSocket[]>) => {
  let known: readonly OwnSocket[] = []
  let askedMs = Number.NEGATIVE_INFINITY
  return async () => {
    if (performance.now() - askedMs < databaseSocketMsMax) return known
    const socket = await findDatabaseSocket(deps.db)
    known = socket ? [socket] : []
    askedMs = performance.now()
    return known
  }
}

const ownSockets = (deps: Deps): (() => Promise<readonly OwnSocket[]>) => {
  const { listen, contentListen, metricsListen } = deps.config
  const database = databaseSocket(deps)
  const listening = [listen, contentListen, metricsListen].flatMap((at) =>
    at ? [{ address: at.host, port: at.port }] : [],
  )
  return async () => [...listening, ...(await database())]
}

const resolveFor =
  (deps: Deps): Resolve =>
  async (host) => {
    const answers = made.get(deps)?.answers
    const [next, ...later] = answers?.get(host) ?? []
    if (!next || !answers) return systemResolve(host)
    if (later.length > 0) answers.set(host, later)
    return next.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }

const guardsOf = (deps: Deps): Guards => {
  const known = made.get(deps)
  if (known) return known
  const { config } = deps
  const rules = {
    ownHosts: config.loopback
      ? []
      : [config.publicUrl, config.contentUrl].map((url) => new URL(url).hostname),
    localAddresses,
    ownSockets: ownSockets(deps),
    resolve: resolveFor(deps),
  }
  const guards: Guards = {
    tenants: makeOutboundGuard({ ...rules, allow: allowedNetworks(config) }),
    operator: makeOutboundGuard({ ...rules, ownHosts: [], allow: privateNetworks }),
    answers: new Map(),
  }
  made.set(deps, guards)
  return guards
}

/** The own name for EHLO where it is one that other servers can look up. */
export const ehloNameOf = (config: Config): string | null => {
  const { hostname } = new URL(config.publicUrl)
  return config.loopback || isIP(hostname) !== 0 || hostname.startsWith('[') ? null : hostname
}

/** Stands before every target that a tenant gives (security.md §4.8). */
export const guardOf = (deps: Deps): OutboundGuard => guardsOf(deps).tenants

/**
 * For targets that the operator named in the environment: his own network is his to name, without opening it to
 * tenants by EGRESS_ALLOW. Own sockets, ports and pinning hold as for everybody.
 */
export const operatorGuardOf = (deps: Deps): OutboundGuard => guardsOf(deps).operator

/** Test support: what the name service is to answer, look-up by look-up; the last answer repeats. */
export const answerLookups = (
  deps: Deps,
  records: Readonly<Record<string, readonly (readonly string[])[]>>,
): void => {
  guardsOf(deps).answers = new Map(
    Object.entries(records).map(([name, answers]) => [name.toLowerCase().replace(/\.$/, ''), answers]),
  )
}
