import { type ServeScope, serve } from '../http/serve.ts'
import * as contract from './contract.ts'
import {
  addWebhook,
  deleteWebhook,
  editWebhook,
  listAll,
  readOne,
  rotateSecret,
  type WebhookWork,
} from './endpoint.ts'
import { readLog, replay } from './log/log.ts'
import { tryWebhook } from './test-call.ts'

export const webhookRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  const work = ({ actor, now }: Pick<WebhookWork, 'actor' | 'now'>): WebhookWork => ({ deps, actor, now })
  serve(scope, contract.listWebhooks, (call) => listAll(work(call), call.query))
  serve(scope, contract.getWebhook, (call) => readOne(work(call), call.params.id))
  serve(scope, contract.createWebhook, (call) => addWebhook(work(call), call.body))
  serve(scope, contract.changeWebhook, (call) =>
    editWebhook(work(call), call.params.id, call.body, call.ifMatch),
  )
  serve(scope, contract.deleteWebhook, (call) => deleteWebhook(work(call), call.params.id, call.ifMatch))
  serve(scope, contract.rotateWebhookSecret, (call) => rotateSecret(work(call), call.params.id))
  serve(scope, contract.testWebhook, (call) => tryWebhook(work(call), call.params.id))
  serve(scope, contract.listWebhookDeliveries, (call) => readLog(work(call), call.params.id, call.query))
  serve(scope, contract.replayWebhook, (call) => replay(work(call), call.params.id, call.body))
}
