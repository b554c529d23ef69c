import type { RouteContract } from '../http/contract.ts'
import type { NamedRoute } from './contracts.ts'
import type { Json, JsonObject, Shapes } from './shapes.ts'

type ObjectSchema = { properties?: Record<string, unknown>; required?: readonly string[] }

const isSafe = (contract: RouteContract): boolean => contract.method === 'GET'

const parametersOf = (shapes: Shapes, schema: unknown, place: 'path' | 'query'): Json[] => {
  const { properties = {}, required = [] } = (schema ?? {}) as ObjectSchema
  return Object.entries(properties).map(([name, own]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: shapes.write(own),
    ...((own as { type?: string }).type === 'array' ? { style: 'form', explode: false } : {}),
  }))
}

const headersOf = (contract: RouteContract): Json[] => [
  ...(isSafe(contract) ? [] : [{ $ref: '#/components/parameters/RequestMark' }]),
  ...(contract.ifMatch
    ? [
        {
          $ref: `#/components/parameters/${contract.ifMatch === 'required' ? 'IfMatch' : 'IfMatchOptional'}`,
        },
      ]
    : []),
]

const accessText = (contract: RouteContract): string => {
  const sentences = [
    contract.access === 'public' ? 'Open to everybody.' : null,
    contract.access === 'session' ? 'Any signed-in person.' : null,
    contract.access.includes('.') ? `Needs the permission \`${contract.access}\`.` : null,
    contract.entitlement ? `Needs the entitlement \`${contract.entitlement}\`.` : null,
    contract.stepUp
      ? `Needs a fresh confirmation (\`POST /step-up\`, purpose \`${contract.stepUp}\`).`
      : null,
    contract.problems ? `Own problems: ${contract.problems.map((code) => `\`${code}\``).join(', ')}.` : null,
  ]
  return sentences.filter((sentence) => sentence !== null).join(' ')
}

const statusText: Readonly<Record<string, string>> = {
  200: 'Done',
  201: 'Made; `Location` names it',
  202: 'Taken; it goes on in the background',
  204: 'Done, nothing to say',
  207: 'Some items were refused',
}

const isEmpty = (schema: unknown): boolean => (schema as { type?: string }).type === 'null'

const repliesOf = (shapes: Shapes, contract: RouteContract): JsonObject => {
  const replies = Object.entries(contract.reply).map(([status, schema]): [string, Json] => [
    status,
    {
      description: statusText[status] ?? 'Answer',
      ...(isEmpty(schema)
        ? {}
        : { content: { [contract.replyType ?? 'application/json']: { schema: shapes.write(schema) } } }),
    },
  ])
  return Object.fromEntries([
    ...replies,
    ['4XX', { $ref: '#/components/responses/Problem' }],
    ['5XX', { $ref: '#/components/responses/Problem' }],
  ])
}

/** One route as OpenAPI writes it. */
export const describeOperation = (shapes: Shapes, { name, contract }: NamedRoute): JsonObject => {
  const parameters = [
    ...parametersOf(shapes, contract.params, 'path'),
    ...parametersOf(shapes, contract.query, 'query'),
    ...headersOf(contract),
  ]
  const type = contract.multipart ? 'multipart/form-data' : 'application/json'
  return {
    operationId: name,
    tags: [contract.tag],
    summary: contract.summary,
    description: accessText(contract),
    ...(contract.access === 'public' ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(contract.body
      ? { requestBody: { required: true, content: { [type]: { schema: shapes.write(contract.body) } } } }
      : {}),
    responses: repliesOf(shapes, contract),
    'x-access': contract.access,
    ...(contract.problems ? { 'x-problems': [...contract.problems] } : {}),
  }
}
