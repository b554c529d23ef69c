import { whereOf } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { askForReset } from './ask.ts'
import { completeReset, inspectReset } from './complete.ts'
import { completePasswordReset, inspectPasswordReset, requestPasswordReset } from './contract.ts'

export const passwordResetRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, requestPasswordReset, async ({ body, request }) => {
    await askForReset(deps, body, whereOf(request))
    return {}
  })
  serve(scope, inspectPasswordReset, ({ body }) => inspectReset(deps, body.token))
  serve(scope, completePasswordReset, async ({ body, request }) => {
    await completeReset(deps, body, whereOf(request))
    return null
  })
}
