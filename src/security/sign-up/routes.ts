import { whereOf } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { completeSignUp, inspectSignUp } from './activate.ts'
import { askForAccount } from './ask.ts'
import { completeActivation, inspectActivation, signUp } from './contract.ts'

export const signUpRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, signUp, async ({ body, request }) => {
    await askForAccount(deps, body, whereOf(request))
    return {}
  })
  serve(scope, inspectActivation, ({ body }) => inspectSignUp(deps, body.token))
  serve(scope, completeActivation, ({ body, request, reply }) =>
    completeSignUp(deps, body, { request, reply }),
  )
}
