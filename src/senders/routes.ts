import { type ServeScope, serve } from '../http/serve.ts'
import * as contract from './contract.ts'
import { changeSender, createSender, deleteSender, listSenders, readSender } from './sender.ts'

export const senderRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, contract.listSenders, ({ actor, query, now }) => listSenders(deps, actor, query, now))
  serve(scope, contract.createSender, ({ actor, body, now }) => createSender(deps, actor, body, now))
  serve(scope, contract.getSender, ({ actor, params }) => readSender(deps, actor, params.id))
  serve(scope, contract.changeSender, ({ actor, params, body, ifMatch }) =>
    changeSender(deps, actor, params.id, body, ifMatch),
  )
  serve(scope, contract.deleteSender, async ({ actor, params, ifMatch }) => {
    await deleteSender(deps, actor, params.id, ifMatch)
    return null
  })
}
