import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { RouteContract } from './contract.ts'
import { AppError } from './errors.ts'

export const bodyBytesMaxDefault = 1_048_576

const isSafe = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
const jsonType = /^application\/json(?:\s*;\s*charset=utf-8)?$/i
const multipartType = /^multipart\/form-data\s*;\s*boundary=/i

/** `/contacts/` is another path than `/contacts`, and no contact with an empty id. */
const refuseTrailingSlash = (url: string): void => {
  if (url.split('?')[0]?.endsWith('/')) throw new AppError('not_found', 404)
}

const refuseRepeatedQuery = (url: string): void => {
  const query = url.split('?')[1]
  if (!query) return
  const names = [...new URLSearchParams(query).keys()]
  if (new Set(names).size !== names.length)
    throw new AppError('bad_request', 400, 'A query parameter is repeated.')
}

const refuseTwoHosts = (request: FastifyRequest): void => {
  const hosts = request.raw.rawHeaders.filter(
    (_, index, all) => index % 2 === 0 && all[index]?.toLowerCase() === 'host',
  )
  if (hosts.length !== 1) throw new AppError('bad_request', 400, 'Exactly one Host header is needed.')
}

const hasBody = (request: FastifyRequest): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0

const checkBody = (request: FastifyRequest, contract: RouteContract): void => {
  if (!hasBody(request)) return
  const type = request.headers['content-type'] ?? ''
  if (!(contract.multipart ? multipartType : jsonType).test(type))
    throw new AppError('unsupported_media_type', 415)
  const limit = contract.bodyBytesMax ?? bodyBytesMaxDefault
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    throw new AppError('body_too_large', 413, `The body may have ${limit} bytes.`)
  }
}

const originsOf = (config: Config): readonly string[] => {
  if (!config.loopback) return [config.publicUrl]
  const port = new URL(config.publicUrl).port
  return ['localhost', '127.0.0.1'].map((host) => new URL(`http://${host}:${port || 80}`).origin)
}

/** Requests that another site triggers are refused (security.md §4.9, CSRF): sign-in and sign-out included. */
export const checkCsrf = (request: FastifyRequest, config: Config): void => {
  if (isSafe(request.method)) return
  const site = request.headers['sec-fetch-site']
  const ownOrigin = request.headers.origin !== undefined && originsOf(config).includes(request.headers.origin)
  const sameOrigin = site === undefined ? ownOrigin : site === 'same-origin'
  if (!sameOrigin || request.headers['x-campanile-request'] !== '1') throw new AppError('csrf_refused', 403)
}

/**
 * A program with a key needs no proof of origin: no other site can add the header to a browser's request unasked. Where
 * nobody is asked who he is, the header means nothing (security.md §4.9).
 */
const comesWithKey = (request: FastifyRequest, contract: RouteContract): boolean =>
  contract.access !== 'public' && request.headers.authorization !== undefined

/** Row 1 of the order of checks (account.md §1). */
export const checkTransport = (request: FastifyRequest, contract: RouteContract, config: Config): void => {
  refuseTwoHosts(request)
  refuseTrailingSlash(request.url)
  refuseRepeatedQuery(request.url)
  checkBody(request, contract)
  if (!comesWithKey(request, contract)) checkCsrf(request, config)
}
