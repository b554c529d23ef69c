import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { changeAccount, getAccount } from '../../../src/accounts/contract.ts'
import { getOperation, listOperations } from '../../../src/operations/contract.ts'
import { changeMe, endOtherSessions, signOut } from '../../../src/security/contract.ts'
import { addressOf, call, callWithEtag, installDoors } from './call.ts'
import { ProblemError } from './problem.ts'

type Asked = { method: string; url: string; headers: IncomingHttpHeaders; body: string }
type Answer = { status: number; body?: string; headers?: Record<string, string> }

let server: Server
let asked: Asked[] = []
let answers: Answer[] = []

const problem = (status: number, code: string, more: object = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ code, status, title: code, detail: 'why', ...more }),
})
const json = (value: unknown, headers: Record<string, string> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
})

const refusal = async (act: Promise<unknown>): Promise<ProblemError> => {
  const error = await act.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ProblemError)) throw new Error('It was not refused.')
  return error
}

beforeAll(async () => {
  server = createServer((request, reply) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      const answer = answers.shift() ?? { status: 204 }
      reply.writeHead(answer.status, answer.headers).end(answer.body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const realFetch = globalThis.fetch
  // A browser completes addresses by its page; Node has none.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    realFetch(`http://127.0.0.1:${port}${path}`, init),
  )
})
afterAll(async () => {
  vi.unstubAllGlobals()
  await new Promise((done) => server.close(done))
})
beforeEach(() => {
  asked = []
  answers = []
  installDoors({ signedOut: () => undefined, stepUp: async () => false, language: () => 'pl' })
})

test('a change carries its body, the seen version, the language and the header against foreign sites', async () => {
  answers = [json({ name: 'Bell' })]
  await call(changeAccount, { body: { name: 'Bell' }, ifMatch: 7 })
  expect(asked[0]).toMatchObject({ method: 'PATCH', url: '/api/v1/account', body: '{"name":"Bell"}' })
  expect(asked[0]?.headers).toMatchObject({
    'content-type': 'application/json',
    'if-match': '"7"',
    'accept-language': 'pl',
    'x-campanile-request': '1',
  })
})

test('a read carries no body and no version, but the sign of the panel, and gives the ETag of its reply', async () => {
  answers = [json({ name: 'Bell' }, { etag: '"7"' })]
  const { reply, etag } = await callWithEtag(getAccount)
  expect(reply.name).toBe('Bell')
  expect(etag).toBe('"7"')
  expect(asked[0]?.headers).toHaveProperty('x-campanile-request', '1')
  expect(asked[0]?.headers).not.toHaveProperty('content-type')
})

test('polling says that nobody is at work', async () => {
  answers = [json({})]
  await call(getAccount, { background: true })
  expect(asked[0]?.headers['x-campanile-background']).toBe('1')
})

test('parameters are escaped, empty filters left out', () => {
  expect(addressOf(getOperation, { params: { id: 'a/b?c' } })).toBe('/api/v1/operations/a%2Fb%3Fc')
  expect(addressOf(listOperations, { query: { state: 'failed', type: undefined, cursor: '' } })).toBe(
    '/api/v1/operations?state=failed',
  )
})

test('an empty reply is null', async () => {
  expect(await call(signOut, { body: {} })).toBeNull()
})

test('a refusal keeps its code, its request and its fields', async () => {
  const errors = [{ pointer: '/first_name', code: 'too_short', detail: 'too short' }]
  answers = [problem(422, 'validation_failed', { request_id: 'r1', errors })]
  const error = await refusal(call(changeMe, { body: { first_name: '' } }))
  expect(error).toMatchObject({ code: 'validation_failed', status: 422, requestId: 'r1', errors })
})

test('a throttled call says how long to wait', async () => {
  const answer = problem(429, 'rate_limited')
  answers = [{ ...answer, headers: { ...answer.headers, 'retry-after': '120' } }]
  expect((await refusal(call(getAccount))).retryAfterSeconds).toBe(120)
})

test('a page of a proxy in between is a fault with a request id', async () => {
  answers = [
    { status: 502, headers: { 'content-type': 'text/html', 'x-request-id': 'r2' }, body: '<h1>Bad gateway' },
  ]
  expect(await refusal(call(getAccount))).toMatchObject({ code: 'internal', status: 502, requestId: 'r2' })
})

test('no answer at all is told apart from a refusal', async () => {
  const connected = globalThis.fetch
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')))
  expect(await refusal(call(getAccount))).toMatchObject({ code: 'offline', status: 0 })
  vi.stubGlobal('fetch', connected)
})

test('a lost session leads to the sign-in page, unless the caller looks after it', async () => {
  const signedOut = vi.fn()
  installDoors({ signedOut })
  answers = [
    problem(401, 'unauthenticated'),
    problem(401, 'unauthenticated'),
    problem(401, 'sign_in_refused'),
  ]
  await refusal(call(getAccount, { signedOut: 'throw' }))
  expect(signedOut).toHaveBeenCalledTimes(0)
  await refusal(call(getAccount))
  expect(signedOut).toHaveBeenCalledTimes(1)
  await refusal(call(getAccount))
  expect(signedOut).toHaveBeenCalledTimes(1)
})

test('a protected call is repeated once the person has confirmed', async () => {
  const stepUp = vi.fn(async () => true)
  installDoors({ stepUp })
  answers = [problem(403, 'step_up_required', { purpose: 'factors' }), json({ ended: 2 })]
  expect(await call(endOtherSessions, { body: {} })).toEqual({ ended: 2 })
  expect(stepUp).toHaveBeenCalledWith('factors')
  expect(asked).toHaveLength(2)
})

test('calls refused at the same time ask once', async () => {
  let confirm = (_: boolean): void => undefined
  const stepUp = vi.fn(
    () =>
      new Promise<boolean>((resolve) => {
        confirm = resolve
      }),
  )
  installDoors({ stepUp })
  const needed = problem(403, 'step_up_required', { purpose: 'general' })
  answers = [needed, needed, json({ ended: 0 }), json({ ended: 0 })]
  const both = Promise.all([call(endOtherSessions, { body: {} }), call(endOtherSessions, { body: {} })])
  await vi.waitFor(() => expect(asked).toHaveLength(2))
  await vi.waitFor(() => expect(stepUp).toHaveBeenCalled())
  confirm(true)
  await both
  expect(stepUp).toHaveBeenCalledTimes(1)
})

test('without a confirmation the refusal stays', async () => {
  answers = [problem(403, 'step_up_required', { purpose: 'general' })]
  expect((await refusal(call(endOtherSessions, { body: {} }))).code).toBe('step_up_required')
  expect(asked).toHaveLength(1)
})
