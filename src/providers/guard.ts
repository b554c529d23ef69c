import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import type { Deps } from '../http/deps.ts'
import {
  loopbackNetworks,
  makeOutboundGuard,
  type OutboundGuard,
  type OwnSocket,
} from '../lib/outbound-guard/index.ts'
import { findDatabaseSocket } from './queries.ts'

const databaseSocketMsMax = 30_000

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

/** The outbound guard with the rules of this installation (security.md §4.8). */
export const makeGuard = (deps: Deps): OutboundGuard => {
  const { config } = deps
  const database = databaseSocket(deps)
  const listening = [config.listen, config.contentListen, config.metricsListen].flatMap((at) =>
    at ? [{ address: at.host, port: at.port }] : [],
  )
  return makeOutboundGuard({
    allow: allowedNetworks(config),
    ownHosts: config.loopback
      ? []
      : [config.publicUrl, config.contentUrl].map((url) => new URL(url).hostname),
    localAddresses,
    ownSockets: async () => [...listening, ...(await database())],
  })
}
