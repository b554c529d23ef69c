import { type ServeScope, serve } from '../http/serve.ts'
import { readSendingHealth } from './health/contract.ts'
import { readHealth } from './health/health.ts'
import * as receivers from './receivers/contract.ts'
import { listReceivers, readTimeline } from './receivers/receivers.ts'
import * as shaping from './shaping/contract.ts'
import { changeRule, createRule, deleteRule, listRules, readRule } from './shaping/shaping-rule.ts'
import * as warmup from './warmup/contract.ts'
import { changePlan, createPlan, deletePlan, listPlans, readPlan } from './warmup/plan.ts'

const shapingRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, shaping.listShapingRules, ({ actor, query, now }) => listRules(deps, actor, query, now))
  serve(scope, shaping.createShapingRule, ({ actor, body, now }) => createRule(deps, actor, body, now))
  serve(scope, shaping.getShapingRule, ({ actor, params }) => readRule(deps, actor, params.id))
  serve(scope, shaping.changeShapingRule, ({ actor, params, body, ifMatch }) =>
    changeRule(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, shaping.deleteShapingRule, async ({ actor, params, ifMatch }) => {
    await deleteRule(deps, actor, params.id, ifMatch)
    return null
  })
}

const warmupRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, warmup.listWarmups, ({ actor, query, now }) => listPlans(deps, actor, query, now))
  serve(scope, warmup.createWarmup, ({ actor, body, now }) => createPlan(deps, actor, body, now))
  serve(scope, warmup.getWarmup, ({ actor, params }) => readPlan(deps, actor, params.id))
  serve(scope, warmup.changeWarmup, ({ actor, params, body, ifMatch }) =>
    changePlan(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, warmup.deleteWarmup, async ({ actor, params, ifMatch }) => {
    await deletePlan(deps, actor, params.id, ifMatch)
    return null
  })
}

/** How sending is doing, and what holds it back on purpose. */
export const sendingRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  shapingRoutes(scope)
  warmupRoutes(scope)
  serve(scope, receivers.listReceivers, ({ actor, query }) => listReceivers(deps, actor, query))
  serve(scope, receivers.readReceiverTimeline, ({ actor, query }) => readTimeline(deps, actor, query))
  serve(scope, readSendingHealth, ({ actor }) => readHealth(deps, actor))
}
