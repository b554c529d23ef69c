import Type, { type Static } from 'typebox'
import {
  Count,
  Empty,
  Id,
  IdParams,
  Nullable,
  Obj,
  OneOf,
  Page,
  pageQuery,
  route,
  Timestamp,
} from '../http/contract.ts'

export const operationTypes = [
  'import',
  'group_delete',
  'bulk_delete',
  'bulk_update',
  'demo_data',
  'demo_data_removal',
  'log_export',
  'bounce_reclassification',
] as const
export const OperationState = OneOf(['pending', 'in_progress', 'paused', 'completed', 'failed', 'canceled'])

export const Operation = Obj({
  id: Id,
  type: OneOf(operationTypes),
  object: Nullable(Obj({ type: Type.String(), id: Nullable(Id), name: Nullable(Type.String()) })),
  state: OperationState,
  total: Nullable(Count),
  done: Count,
  result: Type.Record(Type.String(), Type.Unknown()),
  error_code: Nullable(Type.String()),
  error_detail: Nullable(Type.String()),
  started_by: Nullable(Obj({ id: Id, name: Type.String() })),
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  version: Type.Integer(),
})
export type Operation = Static<typeof Operation>

/** Own operations are always visible; those of others with `account.operations.view_all`. */
export const listOperations = route({
  method: 'GET',
  path: '/operations',
  summary: 'Background jobs, newest first',
  tag: 'Operations',
  access: 'session',
  orKey: true,
  query: Obj({
    ...pageQuery,
    type: Type.Optional(OneOf(operationTypes)),
    state: Type.Optional(OperationState),
  }),
  reply: { 200: Page(Operation) },
})
export const getOperation = route({
  method: 'GET',
  path: '/operations/{id}',
  summary: 'One background job with its progress',
  tag: 'Operations',
  access: 'session',
  orKey: true,
  params: IdParams,
  reply: { 200: Operation },
})
export const cancelOperation = route({
  method: 'POST',
  path: '/operations/{id}/cancel',
  summary: 'Stop a background job; what was done stays',
  tag: 'Operations',
  access: 'session',
  orKey: true,
  params: IdParams,
  body: Empty,
  records: ['operation.canceled'],
  reply: { 200: Operation },
  problems: ['operation_finished'],
})
export const retryOperation = route({
  method: 'POST',
  path: '/operations/{id}/retry',
  summary: 'Take up a failed background job where it stopped',
  tag: 'Operations',
  access: 'session',
  orKey: true,
  params: IdParams,
  body: Empty,
  records: ['operation.retried'],
  reply: { 200: Operation },
  problems: ['operation_finished'],
})
