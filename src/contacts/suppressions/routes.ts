import type { Actor } from '../../http/actor.ts'
import { answer, type ServeScope, serve } from '../../http/serve.ts'
import type { ContactWork } from '../contact.ts'
import { batchStatus } from '../members/members.ts'
import { addSuppressions, checkSuppressions, deleteSuppression, listSuppressions } from './contract.ts'
import { addSuppressionDomain, deleteSuppressionDomain, listSuppressionDomains } from './domains/contract.ts'
import { liftDomain, listDomainPage, suppressDomain } from './domains/domain.ts'
import { checkAddresses, liftSuppression, listSuppressionPage, suppress } from './suppression.ts'

export const suppressionRoutes = (scope: ServeScope): void => {
  const work = ({ actor, now }: { actor: Actor; now: Date }): ContactWork => ({
    deps: scope.deps,
    actor,
    now,
  })
  serve(scope, listSuppressions, (call) => listSuppressionPage(work(call), call.query))
  serve(scope, addSuppressions, async (call) => {
    const results = await suppress(work(call), call.body.items)
    return answer(batchStatus(results), results)
  })
  serve(scope, deleteSuppression, async (call) => {
    await liftSuppression(work(call), call.params.id)
    return null
  })
  serve(scope, listSuppressionDomains, (call) => listDomainPage(work(call), call.query))
  serve(scope, addSuppressionDomain, (call) => suppressDomain(work(call), call.body))
  serve(scope, deleteSuppressionDomain, async (call) => {
    await liftDomain(work(call), call.params.id, call.query.reason)
    return null
  })
  serve(scope, checkSuppressions, (call) => checkAddresses(work(call), call.body.items))
}
