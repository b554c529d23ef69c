import { type ServeScope, serve } from '../../http/serve.ts'
import * as contract from './contract.ts'
import { changeScript, createScript, deleteScript, listScripts, readScript } from './script.ts'

export const scriptRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, contract.listSimulatorScripts, ({ actor, query, now }) => listScripts(deps, actor, query, now))
  serve(scope, contract.createSimulatorScript, ({ actor, body, now }) => createScript(deps, actor, body, now))
  serve(scope, contract.getSimulatorScript, ({ actor, params }) => readScript(deps, actor, params.id))
  serve(scope, contract.changeSimulatorScript, ({ actor, params, body, ifMatch }) =>
    changeScript(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, contract.deleteSimulatorScript, async ({ actor, params, ifMatch }) => {
    await deleteScript(deps, actor, params.id, ifMatch)
    return null
  })
}
