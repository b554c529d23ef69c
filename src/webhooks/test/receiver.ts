import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'

type Body = {
  readonly id: string
  readonly type: string
  readonly account_id: string
  readonly data: Readonly<Record<string, unknown>>
}
export type Received = {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly raw: string
  readonly body: Body
}
export type Respond = (received: Received, response: ServerResponse) => void

/** Takes everything and answers with the challenge where there is one. */
export const echo: Respond = ({ body }, response) => response.end(JSON.stringify(body.data))
export const answering =
  (status: number, text = ''): Respond =>
  (_received, response) =>
    response.writeHead(status).end(text)

/** Another system on loopback: keeps what it gets and answers as it is told. */
export const startReceiver = async (first: Respond = echo) => {
  const received: Received[] = []
  let respond = first
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      const one = {
        path: request.url ?? '',
        headers: request.headers,
        raw,
        body: JSON.parse(raw),
      }
      received.push(one)
      respond(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    port: (server.address() as AddressInfo).port,
    received,
    answer: (next: Respond) => {
      respond = next
    },
    /** What is no test. */
    live: () => received.filter(({ body }) => body.type !== 'webhook.test'),
  }
}

/**
 * A verifier as the Standard Webhooks specification describes it, written from its text and not from our signing: id,
 * timestamp and body joined by points, the secret's base64 as key, several signatures divided by spaces.
 */
export const verifies = (secret: string, { headers, raw }: Pick<Received, 'headers' | 'raw'>): boolean => {
  const content = [headers['webhook-id'], headers['webhook-timestamp'], raw].join('.')
  const key = Buffer.from(secret.split('_')[1] ?? '', 'base64')
  const expected = createHmac('sha256', key).update(content).digest()
  return String(headers['webhook-signature'])
    .split(' ')
    .some((entry) => {
      const [version, text = ''] = entry.split(',')
      const given = Buffer.from(text, 'base64')
      return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
    })
}
