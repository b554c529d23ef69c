import type { InjectOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import type { RouteContract } from './http/contract.ts'
import { startTestApp } from './test/app.ts'
import { freshenFactors, grantMfa } from './test/second-factor.ts'

const app = await startTestApp()
await freshenFactors(app, app.accountId)
await grantMfa(app, app.accountId)
await app.staff.stepUp()
const served = app.app.served.flatMap(({ contract }) => (contract ? [contract] : []))
const named = (contracts: readonly RouteContract[]) =>
  contracts.map((contract) => [`${contract.method} ${contract.path}`, contract] as const)
const addressOf = (path: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'key' ? 'external_id' : name === 'position' ? '0' : '0190a000-0000-7000-8000-0000000000aa',
  )
const call = (contract: RouteContract, options: Partial<InjectOptions> & { query?: string } = {}) => {
  const { query, ...rest } = options
  const caller = contract.access.startsWith('operator.') ? app.staff : app.owner
  return caller.send({
    method: contract.method,
    url: `/api/v1${addressOf(contract.path)}${query ? `?${query}` : ''}`,
    ...rest,
    headers: { ...(contract.ifMatch ? { 'if-match': '"1"' } : {}), ...rest.headers },
  })
}
const unknownFields = (body: { errors?: { pointer: string; code: string }[] }) =>
  (body.errors ?? []).filter((error) => error.code === 'unknown_field').map((error) => error.pointer)
const json = { 'content-type': 'application/json' }

// Everything here is refused before the handler runs, so a path that ends sessions ends none.
const writing = named(served.filter(({ body, multipart }) => body && !multipart))
const unsafe = named(served.filter(({ method }) => method !== 'GET'))
const reading = named(
  served.filter(({ method, replyType }) => method === 'GET' && replyType !== 'text/event-stream'),
)

describe.each(writing)('%s', (_name, contract) => {
  test('refuses a field nobody declared', async () => {
    const answer = await call(contract, { payload: { nobody_declared_this: 1 } })
    expect(answer.status).toBe(422)
    expect(unknownFields(answer.body)).toContain('/nobody_declared_this')
  })

  test.each([
    ['cut short', '{"name":'],
    ['no JSON', 'name=1'],
    ['two values', '{} {}'],
    ['a repeated key', '{"name":1,"name":2}'],
    ['a prototype', '{"__proto__":{"admin":true}}'],
    ['a constructor', '{"constructor":{}}'],
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])('refuses a body that is %s', async (_case, payload) => {
    const answer = await call(contract, { payload, headers: json })
    expect([answer.status, answer.body.code]).toEqual([400, 'malformed_json'])
  })

  test.each([['[]'], ['null'], ['"text"'], ['1'], ['true']])(
    'refuses %s where an object belongs',
    async (payload) => {
      const answer = await call(contract, { payload, headers: json })
      expect(answer.status).toBe(422)
    },
  )

  test.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/json-patch+json'],
    ['application/json; charset=iso-8859-1'],
    ['application/json\t; a=b'],
  ])('refuses the type %s', async (type) => {
    const answer = await call(contract, { payload: '{}', headers: { 'content-type': type } })
    expect([answer.status, answer.body.code]).toEqual([415, 'unsupported_media_type'])
  })

  test('refuses a body over its limit', async () => {
    const size = (contract.bodyBytesMax ?? 1_048_576) + 1
    const answer = await call(contract, { payload: `{"a":"${'x'.repeat(size)}"}`, headers: json })
    expect([answer.status, answer.body.code]).toEqual([413, 'body_too_large'])
  })
})

describe.each(unsafe)('%s', (_name, contract) => {
  test.each([
    ['without the request mark', { 'x-campanile-request': '' }],
    ['with another request mark', { 'x-campanile-request': '2' }],
    ['from a foreign origin', { origin: 'https://evil.example' }],
    ['from no origin', { origin: 'null' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from a sister site', { 'sec-fetch-site': 'same-site' }],
    ['from a bookmark', { 'sec-fetch-site': 'none' }],
  ])('is refused %s', async (_case, headers) => {
    const answer = await call(contract, { headers })
    expect([answer.status, answer.body.code]).toEqual([403, 'csrf_refused'])
  })
})

describe.each(reading)('%s', (_name, contract) => {
  test('refuses a parameter nobody declared', async () => {
    const answer = await call(contract, { query: 'nobody_declared_this=1' })
    expect(answer.status).toBe(422)
    expect(unknownFields(answer.body)).toEqual(['/nobody_declared_this'])
  })

  test('refuses a parameter given twice', async () => {
    const answer = await call(contract, { query: 'limit=1&limit=2' })
    expect([answer.status, answer.body.code]).toEqual([400, 'bad_request'])
  })
})

const paths = [...new Set(served.map(({ path }) => path))]
/** `/contacts/count` is also an id to those who serve `/contacts/{id}`. */
const answers = (method: string, url: string): boolean =>
  app.app.served.some((one) => one.method === method && one.pattern.test(url))
test.each(paths)('%s knows no other method than its own', async (path) => {
  const url = `/api/v1${addressOf(path)}`
  for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    if (answers(method, url)) continue
    const answer = await app.owner.send({ method: method as 'GET', url })
    expect([path, method, answer.status]).toEqual([path, method, 405])
  }
})

test.each(paths)('%s has no other spelling', async (path) => {
  const address = `/api/v1${addressOf(path)}`
  for (const url of [`${address}/`, address.replace('/api', '/API'), address.replace('/v1/', '/v1//')]) {
    const answer = await app.owner.send({ method: 'GET', url })
    expect([url, answer.status]).toEqual([url, 404])
  }
})
