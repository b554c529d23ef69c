import { clientAddress } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { completeSetup, getSetup, inspectSetup } from '../contract.ts'
import type { AfterSetup, Provision } from './people.ts'
import { checkSetupToken, isSetupNeeded, runSetup } from './setup.ts'

export const setupRoutes = (
  scope: ServeScope,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
): void => {
  const { deps } = scope
  serve(scope, getSetup, async () => ({ needed: await isSetupNeeded(deps.db) }))

  serve(scope, inspectSetup, async ({ body, request }) => {
    await checkSetupToken(deps.db, body.token)
    return {
      current_address: clientAddress(request),
      restrict_possible: false,
      public_url: deps.config.publicUrl,
    }
  })

  serve(scope, completeSetup, ({ body }) => runSetup(deps, body, provisions, afterSetup))
}
