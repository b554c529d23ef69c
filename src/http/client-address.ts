import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { type ProxySettings, resolveClient } from '../lib/addresses/client-address.ts'
import type { Where } from './actor.ts'
import { preambleOf } from './proxy-protocol.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Whose word about the client's address this server takes. */
    proxies: ProxySettings
  }
}

/** All lines of one header in the order they came; Node joins some of them and drops others. */
const linesOf =
  ({ rawHeaders }: IncomingMessage) =>
  (name: string): readonly string[] =>
    rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)

const known = new WeakMap<IncomingMessage, { readonly address: string | null }>()

/**
 * Who calls: the one answer that rules, limits, sessions and the log work with (security.md §2.4). Null = unresolved,
 * never a guess.
 */
export const clientAddress = ({ raw, server }: FastifyRequest): string | null => {
  const before = known.get(raw)
  if (before) return before.address
  const { socket } = raw
  const address = resolveClient(server.proxies, {
    peer: socket.remoteAddress,
    lines: linesOf(raw),
    preamble: preambleOf(socket),
  })
  known.set(raw, { address })
  return address
}

/** Browser family and system for the list of sessions, never the whole header. */
export const agentFamily = (request: FastifyRequest): string => {
  const agent = request.headers['user-agent'] ?? ''
  const browser = /(Edg|Firefox|OPR|Chrome|Safari|curl|node)/.exec(agent)?.[1] ?? 'Other'
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(agent)?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', node: 'Program', curl: 'curl' }
  return [names[browser] ?? browser, system].filter(Boolean).join(' · ')
}

/** Where a request without a session came from, for the application log. */
export const whereOf = (request: FastifyRequest): Where => ({
  address: clientAddress(request),
  agent: agentFamily(request),
  requestId: request.id,
  sessionHash: null,
  amr: [],
})
