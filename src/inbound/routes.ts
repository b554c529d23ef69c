import { answer, type ServeScope, serve } from '../http/serve.ts'
import { acceptRequest, createRequest, listRequests, rejectRequest } from './allow-requests/allow-request.ts'
import * as allow from './allow-requests/contract.ts'
import * as reports from './reports/contract.ts'
import { assignReport, discardReport, listReportPage, readReport } from './reports/listing.ts'
import * as rules from './rules/contract.ts'
import { startReclassification } from './rules/reclassify.ts'
import {
  changeRule,
  createRule,
  listRules,
  readRule,
  removeRule,
  shippedList,
  testRules,
} from './rules/rules.ts'
import * as settings from './settings/contract.ts'
import { changeSettings, readSettings } from './settings/settings.ts'

const ruleRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, rules.listBounceRules, ({ actor }) => listRules(deps, actor))
  serve(scope, rules.listShippedBounceRules, async () => shippedList())
  serve(scope, rules.createBounceRule, ({ actor, body, now }) => createRule(deps, actor, body, now))
  serve(scope, rules.getBounceRule, ({ actor, params }) => readRule(deps, actor, params.id))
  serve(scope, rules.changeBounceRule, ({ actor, params, body, ifMatch }) =>
    changeRule(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, rules.deleteBounceRule, async ({ actor, params, ifMatch }) => {
    await removeRule(deps, actor, params.id, ifMatch)
    return null
  })
  serve(scope, rules.testBounceRules, ({ actor, body, now }) => testRules(deps, actor, body, now))
  serve(scope, rules.reclassifyBounces, async ({ actor, body }) =>
    answer(202, await startReclassification(deps, actor, body.days)),
  )
  serve(scope, settings.getBounceSettings, ({ actor }) => readSettings(deps, actor))
  serve(scope, settings.changeBounceSettings, ({ actor, body, ifMatch }) =>
    changeSettings(deps, actor, body, ifMatch),
  )
}

export const inboundRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, reports.listBounceReports, ({ actor, query, now }) => listReportPage(deps, actor, query, now))
  serve(scope, reports.getBounceReport, ({ actor, params }) => readReport(deps, actor, params.id))
  serve(scope, reports.assignBounceReport, ({ actor, params, body }) =>
    assignReport(deps, actor, params.id, body.message_id),
  )
  serve(scope, reports.discardBounceReport, ({ actor, params }) => discardReport(deps, actor, params.id))
  ruleRoutes(scope)
  serve(scope, allow.listAllowRequests, ({ actor, query, now }) => listRequests(deps, actor, query, now))
  serve(scope, allow.createAllowRequest, ({ actor, body, now }) => createRequest(deps, actor, body, now))
  serve(scope, allow.acceptAllowRequest, ({ actor, params, body, now }) =>
    acceptRequest(deps, actor, params.id, body.comment ?? null, now),
  )
  serve(scope, allow.rejectAllowRequest, ({ actor, params, body }) =>
    rejectRequest(deps, actor, params.id, body.comment ?? null),
  )
}
