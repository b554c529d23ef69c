import Type from 'typebox'
import { route } from '../http/contract.ts'

export const getOpenApi = route({
  method: 'GET',
  path: '/openapi.json',
  summary: 'This description, OpenAPI 3.1',
  tag: 'Instance',
  access: 'session',
  orKey: true,
  reply: { 200: Type.Record(Type.String(), Type.Unknown()) },
})
