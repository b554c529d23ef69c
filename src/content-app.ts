import type { FastifyInstance } from 'fastify'
import { previewHtml, previewKind } from './campaigns/index.ts'
import { type PreviewSources, previewRoutes } from './content/preview/index.ts'
import type { Deps } from './http/deps.ts'
import { makeServer } from './http/server.ts'
import { receiptRoutes } from './inbound/index.ts'
import { trackingHostRoutes } from './sender-domains/index.ts'
import { showMail } from './simulator/index.ts'
import { trackingRoutes } from './tracking/index.ts'

/** One line per kind of preview. */
const previews: PreviewSources = { simulator: showMail, [previewKind]: previewHtml }

/**
 * The server of CONTENT_URL, the public scope: previews, tracking, unsubscribe. It reads and sets no panel cookie and is
 * judged by its sealed tokens alone (security.md §4.9).
 */
export const buildContentApp = (deps: Deps): FastifyInstance => {
  const app = makeServer(deps)
  app.register(async (hosts) => trackingHostRoutes(hosts, deps))
  app.register(async (links) => trackingRoutes(links, deps))
  app.register(async (receipts) => receiptRoutes(receipts, deps))
  app.register(async (pages) => previewRoutes(pages, deps, previews))
  return app
}
