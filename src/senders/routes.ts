import { whereOf } from '../http/client-address.ts'
import { answer, type ServeScope, serve } from '../http/serve.ts'
import { confirmAddress, peekConfirmation, resendConfirmation } from './confirmation.ts'
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
  serve(scope, contract.resendSenderConfirmation, async ({ actor, params }) =>
    answer(202, await resendConfirmation(deps, actor, params.id)),
  )
  serve(scope, contract.peekSenderConfirmation, ({ body }) => peekConfirmation(deps, body.token))
  serve(scope, contract.confirmSender, async ({ body, request }) => {
    await confirmAddress(deps, body.token, whereOf(request))
    return null
  })
}
