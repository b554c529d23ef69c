import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createPlain } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { type GuardRules, loopbackNetworks, makeOutboundGuard, requestUrl } from './index.ts'

const closers: (() => void)[] = []
afterAll(() => {
  for (const close of closers) close()
})

const listening = async (answer: RequestListener): Promise<number> => {
  const server = createServer(answer)
  closers.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const guard = (rules: Partial<GuardRules> = {}) =>
  makeOutboundGuard({
    allow: [...loopbackNetworks],
    ownHosts: [],
    localAddresses: () => [],
    ownSockets: async () => [],
    ...rules,
  })

const ask = (port: number, more: object = {}, rules: Partial<GuardRules> = {}) =>
  requestUrl(guard(rules), { kind: 'webhook', url: `http://127.0.0.1:${port}/path?x=1`, ...more })

test('a request arrives with its method, body and headers, and its answer comes back', async () => {
  const seen: unknown[] = []
  const port = await listening((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push([request.method, request.url, request.headers['x-one'], body])
      response.writeHead(202, { 'x-two': '2' }).end('taken')
    })
  })
  const answer = await ask(port, { method: 'POST', headers: { 'x-one': '1' }, body: 'żółw' })
  expect([answer.status, answer.headers['x-two'], answer.body.toString()]).toEqual([202, '2', 'taken'])
  expect(seen).toEqual([['POST', '/path?x=1', '1', 'żółw']])
})

test('the connection goes to the vetted address under the name that was asked for', async () => {
  const hosts: unknown[] = []
  const port = await listening((request, response) => {
    hosts.push(request.headers.host)
    response.end()
  })
  const resolve: GuardRules['resolve'] = async () => [{ address: '127.0.0.1', family: 4 }]
  await requestUrl(guard({ resolve }), { kind: 'webhook', url: `http://hook.example.com.:${port}/` })
  expect(hosts).toEqual([`hook.example.com:${port}`])
})

test('a redirect is an answer and is not followed', async () => {
  let asked = 0
  const port = await listening((_request, response) => {
    asked += 1
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end()
  })
  expect((await ask(port)).status).toBe(302)
  expect(asked).toBe(1)
})

test('an answer beyond the limit is cut off, packed ones by what they unpack to', async () => {
  const long = await listening((_request, response) => response.end(Buffer.alloc(70_000)))
  await expect(ask(long)).rejects.toMatchObject({ code: 'answer_too_long', begun: true })
  const packed = await listening((_request, response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000))),
  )
  await expect(ask(packed)).rejects.toMatchObject({ code: 'answer_unreadable', begun: true })
})

test('a target that never answers costs no more than its time', async () => {
  const port = await listening(() => {})
  await expect(ask(port, { totalMs: 50 })).rejects.toMatchObject({ code: 'timeout', begun: true })
})

test('a closed port is told apart from a lost answer', async () => {
  const gone = await listening(() => {})
  closers.at(-1)?.()
  await expect(ask(gone)).rejects.toMatchObject({ code: 'unreachable', begun: false })
  const cutting = createPlain((socket) => socket.once('data', () => socket.destroy()))
  closers.push(() => cutting.close())
  await new Promise<void>((resolve) => cutting.listen(0, '127.0.0.1', resolve))
  const lost = ask((cutting.address() as AddressInfo).port)
  await expect(lost).rejects.toMatchObject({ code: 'unreachable', begun: true })
})

test('a caller that stops ends the call', async () => {
  const port = await listening(() => {})
  const stop = new AbortController()
  const call = ask(port, { signal: stop.signal })
  stop.abort()
  await expect(call).rejects.toMatchObject({ code: 'stopped' })
})

test('a refused target is not connected to', async () => {
  let asked = 0
  const port = await listening((_request, response) => {
    asked += 1
    response.end()
  })
  await expect(ask(port, {}, { allow: [] })).rejects.toMatchObject({ code: 'url_refused' })
  expect(asked).toBe(0)
})
