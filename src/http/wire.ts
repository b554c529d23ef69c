import { randomUUID } from 'node:crypto'
import { type RequestListener, type Server, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { AppError } from './errors.ts'
import { securityHeaders } from './headers.ts'
import { toProblem } from './problem.ts'

/** A missing `Host` is refused by us, in the one error form, instead of by Node without any header. */
export const socketOptions = { requireHostHeader: false } as const

const badRequest = (): AppError => new AppError('bad_request', 400)
const methodNotAllowed = (): AppError => new AppError('method_not_allowed', 405)

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Methods that no address knows, and that the router itself has no word for. */
export const isKnownMethod = (method: string): boolean => methods.has(method)

const hostLines = ({ raw }: FastifyRequest): number =>
  raw.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length

/** Judged before any route is asked, on unknown addresses too (security.md §4.9). */
export const checkRequestLine = (request: FastifyRequest): void => {
  if (hostLines(request) !== 1) throw new AppError('bad_request', 400, 'Exactly one Host header is needed.')
  if (!isKnownMethod(request.method)) throw methodNotAllowed()
  // An absolute target names a host of its own: two parties would read two different requests.
  if (!request.raw.url?.startsWith('/')) throw badRequest()
}

/** Writes to the bare socket what the framework never sees: the same form and headers as every other refusal. */
const refuse = (socket: Duplex, error: AppError, config: Config): void => {
  if (!socket.writable) return
  const id = randomUUID()
  const body = JSON.stringify(toProblem(error, id, 'en'))
  const headers = {
    ...securityHeaders(config),
    'x-request-id': id,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}\r\n${lines.join('')}\r\n${body}`)
}

/** Requests that cannot be read, tunnels and expectations: what Node would answer by itself, without our headers. */
export const answerOnTheWire = (server: Server, config: Config, answer: RequestListener): void => {
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    if (error.code === 'ECONNRESET') return
    refuse(socket, error.code === 'HPE_INVALID_METHOD' ? methodNotAllowed() : badRequest(), config)
  })
  server.on('connect', (_request, socket) => refuse(socket, methodNotAllowed(), config))
  // RFC 9110 §10.1.1 lets a server pass over an expectation that it does not know.
  server.on('checkExpectation', answer)
}
