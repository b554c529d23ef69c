import { connect } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { startTestApp } from '../test/app.ts'

const { app } = await startTestApp()
await app.listen({ port: 0, host: '127.0.0.1' })
afterAll(() => app.close())
const address = app.server.address()
const port = typeof address === 'object' && address ? address.port : 0

const host = 'Host: localhost:8420\r\n'
const sent = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let seen = ''
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1')
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(seen))
    socket.write(text)
  })
const request = (line: string, headers: string): string =>
  `${line} HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`

describe('what cannot become a request is refused in the one form with every header', () => {
  test.each([
    ['a target that names a host', request('GET http://localhost:8420/api/v1/health', host), 400],
    ['a foreign absolute target of a page', request('GET http://evil.test/', host), 400],
    ['the asterisk', request('OPTIONS *', host), 400],
    ['two hosts on a page', request('GET /', `${host}Host: evil.test\r\n`), 400],
    ['two hosts on an unknown address', request('GET /api/v1/none', `${host}${host}`), 400],
    ['no host', request('GET /api/v1/health', ''), 400],
    [
      'conflicting lengths',
      request('POST /api/v1/sign-in', `${host}Content-Length: 1\r\nContent-Length: 2\r\n`),
      400,
    ],
    [
      'two framings',
      request('POST /api/v1/sign-in', `${host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n`),
      400,
    ],
    ['a folded header', request('GET /', `${host}X-A: b\r\n c\r\n`), 400],
    ['headers without end', request('GET /', `${host}X-A: ${'a'.repeat(20_000)}\r\n`), 400],
    ['a tunnel', request('CONNECT localhost:8420', host), 405],
    ['TRACE of a page', request('TRACE /', host), 405],
    ['TRACE of nothing', request('TRACE /api/v1/none', host), 405],
    ['a new method', request('QUERY /api/v1/session', host), 405],
    ['an invented method', request('FOO /api/v1/session', host), 405],
    ['a page asked to change', request('DELETE /sign-in', host), 405],
  ])('%s', async (_name, text, status) => {
    const answer = await sent(text)
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(answer).toContain(status === 405 ? '"code":"method_not_allowed"' : '"code":"bad_request"')
    for (const name of [
      'content-security-policy',
      'x-content-type-options',
      'referrer-policy',
      'cross-origin-opener-policy',
      'cross-origin-resource-policy',
      'permissions-policy',
      'cache-control',
      'x-request-id',
    ])
      expect(answer.toLowerCase()).toContain(`\r\n${name}: `)
  })

  test.each([
    ['/api/v1/%2e/session'],
    ['/api/v1/users/%2e%2e'],
    ['/api/v1/openapi%2ejson'],
    ['/api/v1/%73ession'],
  ])('the spelling %s is an address of its own', async (path) => {
    expect(await sent(request(`GET ${path}`, host))).toMatch(/^HTTP\/1.1 404 /)
  })

  test('an expectation that nobody knows is passed over', async () => {
    expect(await sent(request('GET /api/v1/health', `${host}Expect: wonders\r\n`))).toMatch(
      /^HTTP\/1.1 (?:200|503) /,
    )
  })

  test('a page behind a link answers HEAD like GET', async () => {
    const answer = await sent(request('HEAD /invitation', host))
    expect(answer).toMatch(/^HTTP\/1.1 200 /)
    expect(answer).toContain('referrer-policy: no-referrer')
  })
})
