import type { ServeScope } from '../http/serve.ts'
import type { Provision } from '../security/index.ts'
import { accessRoutes } from './access/routes.ts'
import { operatedAccountRoutes } from './accounts/routes.ts'
import { entitlementRoutes } from './entitlements/routes.ts'
import { exceptionRoutes } from './exceptions/routes.ts'
import { impersonationRoutes } from './impersonation/routes.ts'
import { staffRoutes } from './staff/routes.ts'

export { listAccountIds } from './accounts/queries.ts'
export { exceptionKind } from './exceptions/exception.ts'
export { impersonationWrite } from './impersonation/write-approval.ts'

/** The operator's area, and what an account says about the operator's access to it. */
export const operatorRoutes = (scope: ServeScope, provisions: readonly Provision[]): void => {
  operatedAccountRoutes(scope, provisions)
  entitlementRoutes(scope)
  staffRoutes(scope)
  impersonationRoutes(scope)
  exceptionRoutes(scope)
  accessRoutes(scope)
}
