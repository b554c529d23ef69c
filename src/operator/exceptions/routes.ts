import { type ServeScope, serve } from '../../http/serve.ts'
import { askForException } from './contract.ts'
import { requestException } from './exception.ts'

export const exceptionRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, askForException, ({ actor, now, params, body }) =>
    requestException({ deps, actor, now }, params.id, body),
  )
}
