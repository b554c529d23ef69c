import { type ServeScope, serve } from '../../http/serve.ts'
import { type AccessWork, addGrant, changeAccess, listGrants, readAccess, revokeGrant } from './access.ts'
import {
  changeOperatorAccess,
  createSupportGrant,
  getOperatorAccess,
  listSupportGrants,
  revokeSupportGrant,
} from './contract.ts'

export const accessRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<AccessWork, 'actor' | 'now'>): AccessWork => ({ deps, actor, now })
  serve(scope, getOperatorAccess, (call) => readAccess(work(call)))
  serve(scope, changeOperatorAccess, (call) => changeAccess(work(call), call.body))
  serve(scope, listSupportGrants, (call) => listGrants(work(call), call.query))
  serve(scope, createSupportGrant, (call) => addGrant(work(call), call.body.hours))
  serve(scope, revokeSupportGrant, (call) => revokeGrant(work(call), call.params.id))
}
