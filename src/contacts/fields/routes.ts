import { answer, type ServeScope, serve } from '../../http/serve.ts'
import type { UsedInSource } from '../used-in.ts'
import { changeField, createField, deleteField, getField, getFieldUsage, listFields } from './contract.ts'
import { removeField } from './deletion.ts'
import { addField, editField, listFieldPage, readField, readFieldUsage } from './field.ts'

export const fieldRoutes = (scope: ServeScope, usedIn: UsedInSource): void => {
  const { deps } = scope
  serve(scope, listFields, ({ actor, query, now }) => listFieldPage(deps, actor, query, now))
  serve(scope, createField, async ({ actor, body, reply }) => {
    const field = await addField(deps, actor, body)
    reply.header('location', `/api/v1/fields/${field.name}`)
    return field
  })
  serve(scope, getField, ({ actor, params }) => readField(deps, actor, params.name))
  serve(scope, changeField, ({ actor, params, body, ifMatch }) =>
    editField(deps, actor, params.name, body, ifMatch),
  )
  serve(scope, deleteField, async ({ actor, params, ifMatch, reply }) => {
    const operationId = await removeField(deps, actor, { name: params.name, ifMatch }, usedIn)
    if (operationId === null) return answer(204, null)
    reply.header('location', `/api/v1/operations/${operationId}`)
    return answer(202, { operation_id: operationId })
  })
  serve(scope, getFieldUsage, ({ actor, params }) => readFieldUsage(deps, actor, params.name, usedIn))
}
