import { type ServeScope, serve } from '../http/serve.ts'
import { cancelOperation, getOperation, listOperations, retryOperation } from './contract.ts'
import { cancelRunning, listVisibleOperations, readOperation, retryFailed } from './operation.ts'

export const operationRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, listOperations, ({ actor, query, now }) => listVisibleOperations(deps, actor, query, now))
  serve(scope, getOperation, ({ actor, params }) => readOperation(deps, actor, params.id))
  serve(scope, cancelOperation, ({ actor, params }) => cancelRunning(deps, actor, params.id))
  serve(scope, retryOperation, ({ actor, params }) => retryFailed(deps, actor, params.id))
}
