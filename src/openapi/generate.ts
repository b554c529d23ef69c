import { Problem } from '../http/contract.ts'
import type { Contracts } from './contracts.ts'
import { describeOperation } from './operation.ts'
import { type JsonObject, makeShapes } from './shapes.ts'

const introduction = `Everything the console does goes through this interface.

**Signing in.** \`POST /sign-in\` sets a session cookie; keep it. Every request that changes something also carries \`Origin\` (the address of the console) and \`X-Campanile-Request: 1\`.

**Lists** answer \`{data, next_cursor, has_more}\`; ask for the next page with \`?cursor=\`. **Versions:** an object's \`version\` is its \`ETag\`; send it as \`If-Match\` and a change made meanwhile is not overwritten. **Times** are UTC, ISO 8601 with milliseconds; **ids** are UUIDv7.

**Problems** have one form (RFC 9457); their \`code\` is stable, their words follow \`Accept-Language\`. Possible everywhere: \`malformed_json\`, \`bad_request\`, \`invalid_cursor\` (400), \`unauthenticated\` (401), \`permission_denied\`, \`feature_disabled\`, \`step_up_required\`, \`csrf_refused\`, \`account_pending\`, \`account_suspended\`, \`account_closed\` (403), \`not_found\` (404), \`method_not_allowed\` (405), \`version_conflict\` (412), \`body_too_large\` (413), \`unsupported_media_type\` (415), \`validation_failed\` (422), \`rate_limited\` (429), \`internal\` (500), \`unavailable\` (503).`

const parameters: JsonObject = {
  RequestMark: {
    name: 'X-Campanile-Request',
    in: 'header',
    required: true,
    description: 'Tells the request from one that another site triggers',
    schema: { type: 'string', enum: ['1'] },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The version that was seen, in quotes',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
  IfMatchOptional: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The version that was seen, in quotes; judged when sent',
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
}

/** The OpenAPI 3.1 document of `/api/v1`, made from the values that also validate (api.md A2). */
export const generateOpenApi = (contracts: Contracts): JsonObject => {
  const shapes = makeShapes(contracts.schemas)
  const paths: Record<string, Record<string, JsonObject>> = {}
  for (const named of contracts.routes) {
    const { path, method } = named.contract
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeOperation(shapes, named) }
  }
  const tags = [...new Set(contracts.routes.map(({ contract }) => contract.tag))].toSorted()
  return {
    openapi: '3.1.0',
    info: { title: 'Campanile', version: '1', description: introduction },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-sid',
          description:
            'Set by `POST /sign-in`; named `sid` where the console is served on localhost over plain http',
        },
      },
      parameters,
      responses: {
        Problem: {
          description: 'Refused or failed; `code` says why',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: { ...shapes.used(), Problem: makeShapes([]).write(Problem) },
    },
  }
}

export const writeOpenApi = (contracts: Contracts): string =>
  `${JSON.stringify(generateOpenApi(contracts), null, 2)}\n`
