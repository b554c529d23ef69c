import { describe, expect, test } from 'vitest'
import { readSmsTemplate } from './template.ts'

const whole = {
  url: 'https://sms.example.com/send',
  json: { to: '{{to}}', text: '{{text}}' },
}
const read = (change: object) => readSmsTemplate(JSON.stringify({ ...whole, ...change }))

test('a template needs an address, a recipient and a text; the rest has a default', () => {
  expect(read({})).toEqual({
    url: 'https://sms.example.com/send',
    method: 'POST',
    headers: {},
    body: { kind: 'json', value: { to: '{{to}}', text: '{{text}}' } },
    accepted: [200, 201, 202],
    idAt: null,
    success: null,
    timeoutMs: 10_000,
  })
})

test('a provider may be asked by GET or by a form', () => {
  const byGet = {
    url: 'https://sms.example.com/send?to={{to_digits}}&m={{text}}',
    method: 'GET',
    json: undefined,
  }
  expect(read(byGet).body).toEqual({ kind: 'none' })
  expect(read({ json: undefined, form: { number: '{{to}}', body: '{{text}}' } }).body.kind).toBe('form')
})

describe('a template is refused', () => {
  test.each([
    ['with an unknown member', { uri: 'x' }, 'knows no "uri"'],
    ['with a misspelt placeholder', { json: { to: '{{To}}', text: '{{text}}' } }, 'knows no {{To}}'],
    ['without a recipient', { json: { text: '{{text}}' } }, 'puts {{to}} nowhere'],
    ['without a text', { json: { to: '{{to}}' } }, 'puts {{text}} nowhere'],
    ['with two bodies', { form: { to: '{{to}}' } }, 'either "json" or "form"'],
    ['with a recipient in the host', { url: 'https://{{to}}.example.com/' }, 'after the "?"'],
    ['with a recipient in the path', { url: 'https://sms.example.com/{{to}}' }, 'after the "?"'],
    ['with a user in the address', { url: 'https://u:p@sms.example.com/' }, 'no user'],
    ['with another scheme', { url: 'ftp://sms.example.com/' }, 'needs https'],
    ['with a header of two lines', { headers: { a: 'b\r\nc: d' } }, 'texts of one line'],
    ['with the recipient in a header', { headers: { a: '{{to}}' } }, 'knows no {{to}} in headers'],
    ['with a friendly refusal as success', { accepted: [500] }, 'statuses from 200 to 299'],
    ['with no statuses', { accepted: [] }, 'statuses from 200 to 299'],
    ['with a pointer that is none', { id_at: 'id' }, 'JSON pointer'],
    ['with half a success', { success: { at: '/status' } }, '"at" and "values"'],
    ['with no time', { timeout_seconds: 0 }, '1 to 60'],
    ['with another method', { method: 'DELETE' }, 'POST, PUT or GET'],
    ['with a body in a GET', { method: 'GET' }, 'no body with GET'],
  ])('%s', (_why, change, reason) => {
    expect(() => read(change)).toThrow(reason)
  })

  test.each([['no JSON at all secret-key'], ['[]'], ['null'], ['"text"']])(
    'that is %s, without quoting it',
    (text) => {
      expect(() => readSmsTemplate(text)).toThrow('the request template is no JSON object')
    },
  )
})
