import type { FastifyReply } from 'fastify'
import { type ServeScope, serve } from '../http/serve.ts'
import { addDemoData, removeDemoData } from './contract.ts'
import { addDemo, removeDemo } from './demo-data.ts'

const started = (reply: FastifyReply, operationId: string) => {
  reply.header('retry-after', '1')
  reply.header('location', `/api/v1/operations/${operationId}`)
  return { operation_id: operationId }
}

export const demoRoutes = (scope: ServeScope): void => {
  const { deps } = scope
  serve(scope, addDemoData, async ({ actor, reply }) => started(reply, await addDemo(deps, actor)))
  serve(scope, removeDemoData, async ({ actor, reply }) => started(reply, await removeDemo(deps, actor)))
}
