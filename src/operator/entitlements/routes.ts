import { type ServeScope, serve } from '../../http/serve.ts'
import type { StaffWork } from '../work.ts'
import {
  changeAccountEntitlements,
  changeSecurityEntitlements,
  getAccountEntitlements,
  getOwnEntitlements,
  getSecurityEntitlements,
} from './contract.ts'
import { changeEntitlements, readEntitlements, readOwnEntitlements } from './ordinary.ts'
import { changeSecurity, readSecurityEntitlements } from './security.ts'

export const entitlementRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<StaffWork, 'actor' | 'now'>): StaffWork => ({ deps, actor, now })
  serve(scope, getSecurityEntitlements, (call) => readSecurityEntitlements(work(call), call.params.id))
  serve(scope, changeSecurityEntitlements, (call) =>
    changeSecurity(work(call), call.params.id, call.body, call.ifMatch),
  )
  serve(scope, getAccountEntitlements, (call) => readEntitlements(work(call), call.params.id))
  serve(scope, changeAccountEntitlements, (call) =>
    changeEntitlements(work(call), call.params.id, call.body, call.ifMatch),
  )
  serve(scope, getOwnEntitlements, ({ actor }) => readOwnEntitlements(deps, actor))
}
