import { type ServeScope, serve } from '../../http/serve.ts'
import { endImpersonation, startImpersonation } from './contract.ts'
import { endImpersonation as leave, startSession } from './impersonation.ts'

export const impersonationRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, startImpersonation, ({ actor, now, params, body, request, reply }) =>
    startSession({ deps, actor, now }, params.id, { ...body, write: false }, { request, reply }),
  )
  serve(scope, endImpersonation, ({ actor, request, reply }) => leave(deps, actor, { request, reply }))
}
