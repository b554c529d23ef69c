import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { loopbackNetworks, makeOutboundGuard } from '../../../lib/outbound-guard/index.ts'
import { submitSms } from './submit.ts'
import { readSmsTemplate } from './template.ts'

let answer: { status: number; body: string } = { status: 200, body: '' }
const asked: { request: IncomingMessage; body: string }[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    asked.push({ request, body })
    response.writeHead(answer.status).end(answer.body)
  })
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => server.close())
beforeEach(() => {
  asked.length = 0
  answer = { status: 200, body: '' }
})

const message = { id: 'id-1', to: '+48601234567', text: 'Zażółć "123456" & so\n@host #123456' }
const submit = (template: object, allow: readonly string[] = loopbackNetworks) =>
  submitSms(
    makeOutboundGuard({ allow, ownHosts: [], localAddresses: () => [], ownSockets: async () => [] }),
    readSmsTemplate(JSON.stringify(template)),
    message,
    new AbortController().signal,
  )

test('JSON is filled inside its strings, whatever the text holds', async () => {
  await submit({ url: place, json: { list: [{ number: '{{to}}', content: 'x {{text}}' }], flag: true } })
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({
    list: [{ number: '+48601234567', content: `x ${message.text}` }],
    flag: true,
  })
  expect(asked[0]?.request.headers['content-type']).toBe('application/json')
})

test('a form is filled and encoded', async () => {
  await submit({ url: place, form: { to: '{{to_digits}}', m: '{{text}}' } })
  expect(Object.fromEntries(new URLSearchParams(asked[0]?.body))).toEqual({
    to: '48601234567',
    m: message.text,
  })
})

test('a query is filled and encoded, so that nothing breaks out of its value', async () => {
  await submit({ url: `${place}/send?to={{to}}&m={{text}}&key=1`, method: 'GET' })
  const url = new URL(asked[0]?.request.url ?? '', place)
  expect([...url.searchParams]).toEqual([
    ['to', '+48601234567'],
    ['m', message.text],
    ['key', '1'],
  ])
})

test.each([
  ['{"status":"OK","id":7}', { kind: 'accepted', providerRef: '7' }],
  ['{"status":"QUEUED","id":"abc"}', { kind: 'accepted', providerRef: 'abc' }],
  ['{"status":"ERROR"}', { kind: 'permanent', code: 'refused_in_body' }],
  ['no JSON', { kind: 'permanent', code: 'refused_in_body' }],
  ['{"status":"OK","id":{"a":1}}', { kind: 'accepted', providerRef: null }],
])('a provider that always answers 200 is read by its body: %s', async (body, expected) => {
  answer = { status: 200, body }
  const template = {
    url: place,
    json: { to: '{{to}}', text: '{{text}}' },
    id_at: '/id',
    success: { at: '/status', values: ['OK', 'QUEUED'] },
  }
  expect(await submit(template)).toEqual(expected)
})

test('a provider in a network that is not allowed is not asked', async () => {
  const template = { url: place, json: { to: '{{to}}', text: '{{text}}' } }
  expect(await submit(template, [])).toEqual({ kind: 'permanent', code: 'url_refused' })
  expect(asked).toEqual([])
})
