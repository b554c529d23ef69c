import type { FastifyRequest } from 'fastify'
import type { Where } from './actor.ts'

/** The socket peer, IPv4 in its own spelling; address headers are not read (TRUSTED_PROXIES is empty). */
export const clientAddress = (request: FastifyRequest): string | null => {
  const peer = request.raw.socket.remoteAddress
  return peer ? peer.replace(/^::ffff:(?=\d)/i, '') : null
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
