import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Config } from '../../config.ts'
import { unavailable } from '../../http/errors.ts'
import type { Visitor } from './visitor.ts'

export type ContentRequest =
  | { readonly method: 'GET' | 'HEAD'; readonly url: string }
  | { readonly method: 'POST'; readonly url: string; readonly body: string }

const timeoutMs = 10_000

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
type Target = { readonly secure: boolean; readonly host: string; readonly port: number }

/** The own socket where this process has one: a public name may lead through a proxy and a certificate. */
const targetOf = (config: Config): Target => {
  if (config.roles.includes('web')) {
    const { host, port } = config.contentListen ?? config.listen
    return { secure: false, host: everyAddress[host] ?? host, port }
  }
  const url = new URL(config.contentUrl)
  const secure = url.protocol === 'https:'
  return { secure, host: url.hostname, port: Number(url.port) || (secure ? 443 : 80) }
}

/** The whole of 127.0.0.0/8 is the own machine on Linux; elsewhere there is one address alone. */
const localAddressFor = ({ host }: Target, { localAddress }: Visitor) =>
  process.platform === 'linux' && host === '127.0.0.1' && localAddress ? { localAddress } : {}

const send = (config: Config, given: ContentRequest, visitor: Visitor): Promise<string> =>
  new Promise((resolve, reject) => {
    const { pathname, search } = new URL(given.url)
    // Tracking hosts of accounts lead to the same place, which knows itself by this name.
    const { host } = new URL(config.contentUrl)
    const body = given.method === 'POST' ? given.body : ''
    const target = targetOf(config)
    const open = target.secure ? httpsRequest : httpRequest
    const request = open(
      {
        host: target.host,
        port: target.port,
        ...localAddressFor(target, visitor),
        agent: false,
        method: given.method,
        path: `${pathname}${search}`,
        headers: {
          host,
          ...visitor.headers,
          ...(body
            ? {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': Buffer.byteLength(body),
              }
            : {}),
        },
        timeout: timeoutMs,
      },
      (response) => {
        response.resume()
        // A redirect is noted and not followed: its target is a foreign host.
        const location = response.headers.location
        resolve(location ? `${response.statusCode} ${location}`.slice(0, 1_000) : String(response.statusCode))
      },
    )
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
    request.end(body)
  })

/**
 * Calls an address of CONTENT_URL as a mail program would and answers status and target.
 * @throws AppError 503 when the content socket does not answer.
 */
export const requestContent = async (
  config: Config,
  given: ContentRequest,
  visitor: Visitor,
): Promise<string> => {
  try {
    return await send(config, given, visitor)
  } catch {
    throw unavailable()
  }
}
