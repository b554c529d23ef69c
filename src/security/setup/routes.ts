import { clientAddress, whereOf } from '../../http/client-address.ts'
import { type ServeScope, serve } from '../../http/serve.ts'
import { completeSetup, getSetup, inspectSetup } from './contract.ts'
import { isSetupNeeded } from './link.ts'
import { inspectLink } from './offers.ts'
import type { AfterSetup, Provision } from './people.ts'
import { runSetup } from './setup.ts'

export const setupRoutes = (
  scope: ServeScope,
  provisions: readonly Provision[],
  afterSetup: AfterSetup,
): void => {
  const { deps } = scope
  serve(scope, getSetup, async () => ({ needed: await isSetupNeeded(deps.db) }))
  serve(scope, inspectSetup, ({ body, request }) => inspectLink(deps, body.token, clientAddress(request)))
  serve(scope, completeSetup, ({ body, request }) =>
    runSetup(deps, body, whereOf(request), { provisions, afterSetup }),
  )
}
