import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from './actor.ts'
import { authorize } from './authorize.ts'
import type { BodyOf, ParamsOf, QueryOf, ReplyOf, RouteContract } from './contract.ts'
import type { Deps } from './deps.ts'
import { AppError, versionConflict } from './errors.ts'
import { normaliseText, parseTextValues } from './schema-input.ts'
import { bodyBytesMaxDefault, checkTransport } from './transport.ts'

/** Finds who calls, or throws 401; given by the security feature. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<Actor>

export type Call<R extends RouteContract> = {
  readonly params: ParamsOf<R>
  readonly query: QueryOf<R>
  readonly body: BodyOf<R>
  /** Present on every route that is not public. */
  readonly actor: R['access'] extends 'public' ? null : Actor
  readonly now: Date
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** The version named by `If-Match`, null when none was sent. */
  readonly ifMatch: number | null
}

const answerMark: unique symbol = Symbol('answer')
type Answer<T> = { readonly [answerMark]: true; readonly status: number; readonly body: T }
/** An answer with another status than the first success of the contract. */
export const answer = <T>(status: number, body: T): Answer<T> => ({ [answerMark]: true, status, body })
const isAnswer = (value: unknown): value is Answer<unknown> =>
  typeof value === 'object' && value !== null && answerMark in value

export type Handler<R extends RouteContract> = (
  call: Call<R>,
) => Promise<ReplyOf<R> | Answer<ReplyOf<R>> | FastifyReply>

declare module 'fastify' {
  interface FastifyRequest {
    actor: Actor | null
  }
}

const ifMatchPattern = /^"(\d{1,9})"$/
const ifMatchOf = (request: FastifyRequest, contract: RouteContract): number | null => {
  const header = request.headers['if-match']
  if (header === undefined) {
    if (contract.ifMatch === 'required') throw new AppError('version_required', 428)
    return null
  }
  const version = ifMatchPattern.exec(header)?.[1]
  if (version === undefined) throw versionConflict()
  return Number(version)
}

const firstSuccess = (contract: RouteContract): number =>
  Number(Object.keys(contract.reply).find((status) => status.startsWith('2')) ?? 200)

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined

const describe = (reply: FastifyReply, contract: RouteContract, status: number, body: unknown): void => {
  const version = field(body, 'version')
  if (typeof version === 'number') reply.header('etag', `"${version}"`)
  const id = field(body, 'id')
  if (status === 201 && typeof id === 'string' && !contract.path.includes('{')) {
    reply.header('location', `/api/v1${contract.path}/${id}`)
  }
}

const toFastifyPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

const schemaOf = (contract: RouteContract) => ({
  ...(contract.params ? { params: contract.params } : {}),
  ...(contract.query ? { querystring: contract.query } : {}),
  ...(contract.body && !contract.multipart ? { body: contract.body } : {}),
  ...(contract.replyType ? {} : { response: contract.reply }),
})

export type ServeScope = {
  readonly app: FastifyInstance
  readonly deps: Deps
  readonly authenticate: Authenticate
  /** Told of every refusal to somebody who is signed in, before it is answered; must not throw. */
  readonly refused?: (actor: Actor, error: Error, contract: RouteContract) => Promise<void>
}

const prepareInput = async (request: FastifyRequest, contract: RouteContract): Promise<void> => {
  if (contract.body && !contract.multipart)
    request.body = normaliseText(contract.body, request.body === undefined ? {} : request.body)
  request.query = parseTextValues(contract.query, request.query as Record<string, unknown>)
  if (!contract.query && Object.keys(request.query as object).length > 0) {
    const [name] = Object.keys(request.query as object)
    throw new AppError('validation_failed', 422, '', {
      errors: [{ pointer: `/${name}`, code: 'unknown_field', detail: 'is not a parameter here' }],
    })
  }
  request.params = parseTextValues(contract.params, request.params as Record<string, unknown>)
}

/** Binds one contract to its handler: transport, session, rights, shape, then the handler, then the reply schema. */
export const serve = <const R extends RouteContract>(
  scope: ServeScope,
  contract: R,
  handler: Handler<R>,
): void => {
  const { app, deps, authenticate } = scope
  app.route({
    method: contract.method,
    url: toFastifyPath(contract.path),
    schema: schemaOf(contract),
    bodyLimit: contract.bodyBytesMax ?? bodyBytesMaxDefault,
    config: { contract },
    // Hooks throw; one that answers by itself would not stop the handler (house-style §3 point 9).
    onRequest: async (request, reply) => {
      checkTransport(request, contract, deps.config)
      if (contract.access === 'public') return
      request.actor = await authenticate(request, reply)
      authorize(request.actor, contract, deps.clock.now())
    },
    preValidation: (request) => prepareInput(request, contract),
    onError: async (request, _reply, error) => {
      if (request.actor) await scope.refused?.(request.actor, error, contract)
    },
    handler: async (request, reply) => {
      const result = await handler({
        params: request.params,
        query: request.query,
        body: request.body,
        actor: request.actor,
        now: deps.clock.now(),
        request,
        reply,
        ifMatch: ifMatchOf(request, contract),
      } as Call<R>)
      if (result === reply) return reply
      const status = isAnswer(result) ? result.status : firstSuccess(contract)
      const body = isAnswer(result) ? result.body : result
      describe(reply, contract, status, body)
      reply.code(status)
      return status === 204 ? reply.send() : body
    },
  })
}
