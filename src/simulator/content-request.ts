import { request as httpRequest } from 'node:http'
import type { Config, ListenAt } from '../config.ts'
import { unavailable } from '../http/errors.ts'

export type ContentRequest =
  | { readonly method: 'GET'; readonly url: string }
  | { readonly method: 'POST'; readonly url: string; readonly body: string }

const timeoutMs = 10_000

const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' }
/** The own socket, never the name: a public name may lead through a proxy and a certificate. */
const socketOf = (config: Config): ListenAt => {
  const { host, port } = config.contentListen ?? config.listen
  return { host: everyAddress[host] ?? host, port }
}

const send = (config: Config, given: ContentRequest): Promise<string> =>
  new Promise((resolve, reject) => {
    const { pathname, search, host } = new URL(given.url)
    const body = given.method === 'POST' ? given.body : ''
    const request = httpRequest(
      {
        ...socketOf(config),
        method: given.method,
        path: `${pathname}${search}`,
        headers: {
          host,
          'user-agent': 'Campanile-Simulator',
          accept: '*/*',
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
        const target = response.headers.location
        resolve(target ? `${response.statusCode} ${target}`.slice(0, 1_000) : String(response.statusCode))
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
export const requestContent = async (config: Config, given: ContentRequest): Promise<string> => {
  try {
    return await send(config, given)
  } catch {
    throw unavailable()
  }
}
