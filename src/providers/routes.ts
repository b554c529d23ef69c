import { type ServeScope, serve } from '../http/serve.ts'
import { checkProvider } from './check.ts'
import * as contract from './contract.ts'
import { changeProvider, createProvider, deleteProvider, listProviders, readProvider } from './provider.ts'
import { changeRoute, createRoute, deleteRoute, listRoutes, readRoute } from './routing/route.ts'
import { sendingRoutes } from './sending-routes.ts'

export const providerRoutes = (scope: ServeScope): void => {
  sendingRoutes(scope)
  const { deps } = scope
  serve(scope, contract.listProviders, ({ actor, query, now }) => listProviders(deps, actor, query, now))
  serve(scope, contract.createProvider, ({ actor, body, now }) => createProvider(deps, actor, body, now))
  serve(scope, contract.getProvider, ({ actor, params }) => readProvider(deps, actor, params.id))
  serve(scope, contract.changeProvider, ({ actor, params, body, ifMatch, now }) =>
    changeProvider(deps, actor, params.id, body, ifMatch, now),
  )
  serve(scope, contract.deleteProvider, async ({ actor, params, ifMatch }) => {
    await deleteProvider(deps, actor, params.id, ifMatch)
    return null
  })
  serve(scope, contract.checkProvider, ({ actor, params }) => checkProvider(deps, actor, params.id))
  serve(scope, contract.listRoutes, ({ actor, query, now }) => listRoutes(deps, actor, query, now))
  serve(scope, contract.createRoute, ({ actor, body, now }) => createRoute(deps, actor, body, now))
  serve(scope, contract.getRoute, ({ actor, params }) => readRoute(deps, actor, params.id))
  serve(scope, contract.changeRoute, ({ actor, params, body, ifMatch }) =>
    changeRoute(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, contract.deleteRoute, async ({ actor, params, ifMatch }) => {
    await deleteRoute(deps, actor, params.id, ifMatch)
    return null
  })
}
