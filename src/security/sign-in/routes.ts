import { type ServeScope, serve } from '../../http/serve.ts'
import { stepUp } from '../step-up/contract.ts'
import { signIn } from './contract.ts'
import { signInWithPassword } from './sign-in.ts'
import { stepUpWithPassword } from './step-up.ts'

export const signInRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, signIn, ({ body, request, reply }) => signInWithPassword(deps, body, { request, reply }))
  serve(scope, stepUp, ({ actor, body, reply }) => stepUpWithPassword(deps, actor, body, reply))
}
