import type { FastifyInstance } from 'fastify'
import type { Deps } from '../http/deps.ts'
import { notFound } from '../http/errors.ts'
import { probeAnswer, probePath } from './check/tracking-probe.ts'
import { isTrackingHost } from './queries.ts'

const hostPath = '/.well-known/campanile-host'

/**
 * On the content origin: the answer to the own probe, and for the reverse proxy the question whether a certificate is to be
 * obtained for a host (200) or not (404).
 */
export const trackingHostRoutes = (app: FastifyInstance, deps: Deps): void => {
  app.get<{ Params: { nonce: string } }>(`${probePath}/:nonce`, async ({ params }, reply) => {
    if (!/^[0-9a-f]{32}$/.test(params.nonce)) throw notFound()
    return reply.type('text/plain').header('cache-control', 'no-store').send(probeAnswer(deps, params.nonce))
  })
  app.get<{ Querystring: { domain?: string } }>(hostPath, async ({ query }, reply) => {
    const host = String(query.domain ?? '')
      .toLowerCase()
      .replace(/\.$/, '')
    if (host.length > 253 || !(await isTrackingHost(deps.db, host))) throw notFound()
    return reply.type('text/plain').header('cache-control', 'no-store').send('ok')
  })
}
