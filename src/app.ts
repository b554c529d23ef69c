import type { FastifyInstance } from 'fastify'
import { accountRoutes } from './accounts/routes.ts'
import { approvalKinds } from './approval-kinds.ts'
import { approvalRoutes } from './approvals/index.ts'
import { auditRoutes, recordAct, recordDenied } from './audit/index.ts'
import { auditExportRoutes } from './audit-exports/index.ts'
import {
  campaignRoutes,
  domainUsedByCampaigns,
  handOverCampaigns,
  usedInCampaigns,
} from './campaigns/index.ts'
import { consolePages } from './console-pages.ts'
import { contactRoutes } from './contacts/index.ts'
import { bringDemoData, demoRoutes } from './demo/index.ts'
import type { Deps } from './http/deps.ts'
import type { ServeScope } from './http/serve.ts'
import { type Elsewhere, makeServer } from './http/server.ts'
import { inboundRoutes } from './inbound/index.ts'
import { healthRoutes } from './instance/routes.ts'
import { instanceGuardRoutes } from './instance-guard/index.ts'
import type { Hub } from './live/index.ts'
import { liveRoutes } from './live/index.ts'
import { openApiRoutes } from './openapi/index.ts'
import { operationRoutes } from './operations/index.ts'
import { operatorRoutes } from './operator/index.ts'
import { providerRoutes } from './providers/index.ts'
import { provisions } from './provisions.ts'
import { reportRoutes } from './reports/index.ts'
import { sendBack } from './scenarios/index.ts'
import { approvalVisits, authenticateCaller, securityRoutes } from './security/index.ts'
import { senderDomainRoutes } from './sender-domains/index.ts'
import { senderRoutes } from './senders/index.ts'
import { simulatorRoutes } from './simulator/index.ts'
import { systemMailboxRoutes } from './system-stream/index.ts'
import { type TestSupport, testSupportRoutes } from './test-support/routes.ts'
import { webhookRoutes } from './webhooks/index.ts'

export type AppParts = {
  readonly deps: Deps
  readonly hub: Hub
  readonly isReady: () => boolean
  /** Null unless CAMPANILE_TEST_SUPPORT is on: then no path under /test exists. */
  readonly testSupport: Omit<TestSupport, 'provisions'> | null
  /** Where both origins share one socket: the content server, told apart by the exact `Host` of CONTENT_URL. */
  readonly content?: FastifyInstance
}

const contentElsewhere = (deps: Deps, content: FastifyInstance): Elsewhere => {
  const { host } = new URL(deps.config.contentUrl)
  return {
    owns: (request) => request.headers.host?.toLowerCase() === host,
    answer: (request, response) => content.routing(request, response),
  }
}

/** Every route of `/api/v1`; nothing is reachable that is not named here. */
const apiRoutes = (scope: ServeScope, parts: AppParts): void => {
  healthRoutes(scope, parts.isReady)
  instanceGuardRoutes(scope)
  securityRoutes(scope, provisions, bringDemoData, [handOverCampaigns])
  accountRoutes(scope, (trx, actor, before, after) =>
    recordAct(trx, scope.deps, actor, {
      action: 'account.changed',
      type: 'account',
      id: after.id,
      before,
      after,
    }),
  )
  auditExportRoutes(scope)
  auditRoutes(scope)
  operatorRoutes(scope, provisions)
  approvalRoutes(scope, { kinds: approvalKinds, ...approvalVisits(scope.deps) })
  liveRoutes(scope, parts.hub)
  operationRoutes(scope)
  webhookRoutes(scope)
  contactRoutes(scope, usedInCampaigns)
  providerRoutes(scope)
  senderDomainRoutes(scope, domainUsedByCampaigns)
  senderRoutes(scope)
  simulatorRoutes(scope, sendBack)
  systemMailboxRoutes(scope)
  campaignRoutes(scope)
  inboundRoutes(scope)
  reportRoutes(scope)
  demoRoutes(scope)
  openApiRoutes(scope)
}

/** The panel's server without a socket: API, console pages and, where switched on, test support. */
export const buildApp = (parts: AppParts): FastifyInstance => {
  const { deps, testSupport, content } = parts
  const app = makeServer(deps, content && contentElsewhere(deps, content))
  app.register(
    async (api) =>
      apiRoutes(
        {
          app: api,
          deps,
          authenticate: (request, reply) => authenticateCaller(deps, request, reply),
          refused: (actor, error, contract) => recordDenied(deps, actor, error, contract),
        },
        parts,
      ),
    { prefix: '/api/v1' },
  )
  if (testSupport) app.register(async (root) => testSupportRoutes(root, deps, { ...testSupport, provisions }))
  app.register(async (root) => consolePages(root, deps))
  return app
}
