import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import { MalformedJson, parseStrictJson } from '../lib/strict-json.ts'
import type { RouteContract } from './contract.ts'
import type { Deps } from './deps.ts'
import { AppError } from './errors.ts'
import { setSecurityHeaders } from './headers.ts'
import { languageOf, toProblem } from './problem.ts'
import { acceptProxyProtocol } from './proxy-protocol.ts'
import { bodyBytesMaxDefault } from './transport.ts'
import { toValidationProblem } from './validation.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    contract?: RouteContract
  }
  interface FastifyInstance {
    /** What this server answers, for the tests over all routes. */
    served: readonly Served[]
  }
}

/** One method of one address; `contract` is null where the route is not part of the API. */
export type Served = {
  readonly method: string
  readonly url: string
  readonly pattern: RegExp
  readonly contract: RouteContract | null
}

const requestIdPattern = /^[A-Za-z0-9._-]{1,64}$/

const fromFastify = (error: FastifyError): AppError => {
  if (error.validation) return toValidationProblem(error.validation)
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AppError('body_too_large', 413)
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_ERR_CTP_EMPTY_TYPE':
      return new AppError('unsupported_media_type', 415)
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new AppError('bad_request', 400)
    default:
      return (error.statusCode ?? 500) < 500
        ? new AppError('bad_request', 400)
        : new AppError('internal', 500, '', {})
  }
}

/** Lost database connections are a passing state of the installation, not a defect of the request. */
const isDatabaseAway = (error: Error & { code?: string }): boolean =>
  ['ECONNREFUSED', 'ECONNRESET', '57P01', '57P02', '57P03', '08006', '08003', '53300'].includes(
    error.code ?? '',
  ) || /Connection terminated|timeout exceeded when trying to connect/.test(error.message)

/** What a caller may be told about a fault. */
export const toAppError = (error: FastifyError): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof MalformedJson) return new AppError('malformed_json', 400)
  if (isDatabaseAway(error)) return new AppError('unavailable', 503, '', {}, { 'retry-after': '2' })
  return fromFastify(error)
}

/** Writes the one error form of the product; above 499 nothing but a request id is told. */
export const sendProblem = (
  deps: Deps,
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const problem = toAppError(error)
  // A refusal that we chose (not ready, too busy) is no fault to wake somebody for.
  if (problem.status >= 500 && !(error instanceof AppError))
    request.log.error({ err: error }, 'request failed')
  reply.headers(problem.headers)
  const body = toProblem(problem, request.id, languageOf(request.headers['accept-language']))
  setSecurityHeaders(reply, deps.config)
  // What the router refuses by itself never meets the hook that sets it on all other answers.
  reply.header('x-request-id', request.id)
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(body))
}

const otherMethodExists = (routes: readonly Served[], request: FastifyRequest): boolean => {
  const path = request.url.split('?')[0] ?? ''
  const methods = routes.filter((known) => known.pattern.test(path)).map((known) => known.method)
  // A known path without an answer for its own method is a file that is gone.
  return methods.length > 0 && !methods.includes(request.method)
}

/** Requests that another server on the same socket answers. */
export type Elsewhere = {
  readonly owns: (request: IncomingMessage) => boolean
  readonly answer: RequestListener
}

const dividing =
  (own: RequestListener, elsewhere: Elsewhere): RequestListener =>
  (request, response) =>
    elsewhere.owns(request) ? elsewhere.answer(request, response) : own(request, response)

/** One Fastify instance with the house's parsing, errors and headers; what it serves is registered by app.ts. */
export const makeServer = (deps: Deps, elsewhere?: Elsewhere): FastifyInstance => {
  const app = Fastify({
    ...(elsewhere
      ? { serverFactory: (handler: RequestListener) => createServer(dividing(handler, elsewhere)) }
      : {}),
    // The library's own chatter is not the operator's; refusals and faults are logged by us.
    loggerInstance: deps.log.child({}, { level: deps.config.logLevel === 'debug' ? 'debug' : 'warn' }),
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: false,
    exposeHeadRoutes: false,
    // A link token carries its recipient's own target (src/content/tokens.ts).
    routerOptions: { maxParamLength: 8_400 },
    // Addresses the router itself refuses (broken escapes, endless parameters) answer in the one error form too.
    frameworkErrors: (error, request, reply) => {
      sendProblem(deps, error, request, reply)
    },
    bodyLimit: bodyBytesMaxDefault,
    genReqId: (request) => {
      const given = request.headers['x-request-id']
      return typeof given === 'string' && requestIdPattern.test(given) ? given : randomUUID()
    },
    ajv: {
      customOptions: {
        removeAdditional: false,
        coerceTypes: false,
        useDefaults: true,
        allErrors: true,
        strict: false,
      },
    },
    forceCloseConnections: 'idle',
    requestTimeout: 120_000,
    return503OnClosing: true,
  }) as unknown as FastifyInstance
  const served: Served[] = []
  app.decorate('served', served)
  app.decorate('proxies', deps.config.proxies)
  acceptProxyProtocol(app.server, deps.config.proxies)
  app.decorateRequest('actor', null)
  app.addHook('onRoute', (route) => {
    const pattern = new RegExp(
      `^${route.url.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:\w+/g, '[^/]+')}$`,
    )
    if (route.url.includes('*')) return
    const contract = route.config?.contract ?? null
    for (const method of [route.method].flat()) served.push({ method, url: route.url, pattern, contract })
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(/^application\/json/i, { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, body.length === 0 ? undefined : parseStrictJson(body as Buffer))
    } catch (error) {
      done(error as Error)
    }
  })
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
    setSecurityHeaders(reply, deps.config)
  })
  app.setErrorHandler((error, request, reply) => sendProblem(deps, error as FastifyError, request, reply))
  app.setNotFoundHandler(async (request) => {
    if (otherMethodExists(served, request)) throw new AppError('method_not_allowed', 405)
    throw new AppError('not_found', 404)
  })
  return app
}
