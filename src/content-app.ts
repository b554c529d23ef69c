import type { FastifyInstance } from 'fastify'
import type { Deps } from './http/deps.ts'
import { makeServer } from './http/server.ts'
import { trackingRoutes } from './tracking/index.ts'

/**
 * The server of CONTENT_URL, the public scope: previews, tracking, unsubscribe. It reads and sets no panel cookie and is
 * judged by its sealed tokens alone (security.md §4.9).
 */
export const buildContentApp = (deps: Deps): FastifyInstance => {
  const app = makeServer(deps)
  app.register(async (links) => trackingRoutes(links, deps))
  return app
}
