import { type ClientRequest, type IncomingMessage, request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { isIP } from 'node:net'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { OutboundGuard } from './guard.ts'
import { pinnedTo } from './lookup.ts'
import type { TargetKind } from './targets.ts'

export type OutboundAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** At most `bodyBytesMax`, decompressed. */
  readonly body: Buffer
}

export type OutboundRequest = {
  readonly kind: TargetKind
  readonly url: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly signal?: AbortSignal
  readonly connectMs?: number
  readonly totalMs?: number
  readonly bodyBytesMax?: number
}

export type RequestFailure =
  | 'unreachable'
  | 'timeout'
  | 'tls_failed'
  | 'answer_too_long'
  | 'answer_unreadable'
  | 'stopped'

/** A request that got no usable answer. */
export class RequestFault extends Error {
  readonly code: RequestFailure
  /** False = not one byte of the request was written, so nothing can have happened there. */
  readonly begun: boolean

  constructor(code: RequestFailure, begun: boolean, cause?: unknown) {
    super(code, { cause })
    this.name = 'RequestFault'
    this.code = code
    this.begun = begun
  }
}

const connectMsDefault = 5_000
const totalMsDefault = 10_000
const bodyBytesMaxDefault = 65_536

const unpack = (body: Buffer, encoding: string | undefined, maxOutputLength: number): Buffer => {
  switch (encoding ?? 'identity') {
    case 'identity':
      return body
    case 'gzip':
      return gunzipSync(body, { maxOutputLength })
    case 'deflate':
      return inflateSync(body, { maxOutputLength })
    case 'br':
      return brotliDecompressSync(body, { maxOutputLength })
    default:
      throw new Error('unknown encoding')
  }
}

const readAnswer = async (answer: IncomingMessage, bodyBytesMax: number): Promise<OutboundAnswer> => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer) {
    length += (chunk as Buffer).length
    if (length > bodyBytesMax) throw new RequestFault('answer_too_long', true)
    chunks.push(chunk as Buffer)
  }
  try {
    const body = unpack(Buffer.concat(chunks), answer.headers['content-encoding'], bodyBytesMax)
    return { status: answer.statusCode ?? 0, headers: answer.headers, body }
  } catch (cause) {
    throw new RequestFault('answer_unreadable', true, cause)
  }
}

const isTls = (code: string): boolean => /^ERR_(?:TLS|SSL)|CERT|^UNABLE_TO|SIGNED|^EPROTO$/.test(code)

const toFault = (error: unknown, begun: boolean): RequestFault => {
  if (error instanceof RequestFault) return error
  const code = (error as { code?: string }).code ?? ''
  return new RequestFault(isTls(code) ? 'tls_failed' : 'unreachable', begun, error)
}

/** Resolves with the head of the answer; time limits and the caller's signal end it. */
const answerTo = (call: ClientRequest, given: OutboundRequest, secure: boolean): Promise<OutboundAnswer> =>
  new Promise((resolve, reject) => {
    let begun = false
    const end = (error: unknown) => {
      clearTimeout(connecting)
      clearTimeout(whole)
      given.signal?.removeEventListener('abort', stop)
      const fault = toFault(error, begun)
      call.destroy()
      reject(fault)
    }
    const stop = () => end(new RequestFault('stopped', begun))
    const late = () => end(new RequestFault('timeout', begun))
    const connecting = setTimeout(late, given.connectMs ?? connectMsDefault)
    const whole = setTimeout(late, given.totalMs ?? totalMsDefault)
    given.signal?.addEventListener('abort', stop, { once: true })
    call.once('socket', (socket) =>
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(connecting)
        begun = true
      }),
    )
    call.on('error', end)
    call.once('response', (answer) => {
      readAnswer(answer, given.bodyBytesMax ?? bodyBytesMaxDefault).then((read) => {
        clearTimeout(connecting)
        clearTimeout(whole)
        given.signal?.removeEventListener('abort', stop)
        resolve(read)
      }, end)
    })
    call.end(given.body)
  })

/**
 * One request to a vetted target over a connection of its own: pinned addresses, the name in Host and TLS, no redirect
 * followed, time and size bounded.
 * @throws TargetError before a connection is made, RequestFault afterwards
 */
export const requestUrl = async (guard: OutboundGuard, given: OutboundRequest): Promise<OutboundAnswer> => {
  const { url, target } = await guard.vetUrl(given.kind, given.url)
  if (given.signal?.aborted) throw new RequestFault('stopped', false)
  const secure = url.protocol === 'https:'
  const options = {
    method: given.method ?? 'GET',
    host: target.host,
    port: target.port,
    path: `${url.pathname}${url.search}`,
    headers: {
      'accept-encoding': 'identity',
      'user-agent': 'Campanile',
      ...given.headers,
      host: url.host,
      ...(given.body === undefined ? {} : { 'content-length': String(Buffer.byteLength(given.body)) }),
    },
    agent: false as const,
    lookup: pinnedTo(target.addresses),
  }
  const name = isIP(target.host) === 0 ? { servername: target.host } : {}
  const call = secure ? secureRequest({ ...options, ...name, minVersion: 'TLSv1.2' }) : plainRequest(options)
  return answerTo(call, given, secure)
}
