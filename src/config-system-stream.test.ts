import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { readSystemStream } from './config-system-stream.ts'

const read = (env: Record<string, string>, production = false) =>
  readSystemStream(env, 'panel.example.com', production)

test('in development everything stays in the simulator', () => {
  expect(read({})).toEqual({
    systemSmtp: null,
    systemSender: 'no-reply@panel.example.com',
    systemSms: 'simulator',
    smsDailyLimit: 1_000,
  })
})

describe('the relay of system mail', () => {
  test.each([
    ['smtps://relay.example.com', { host: 'relay.example.com', port: 465, tls: 'tls' }],
    ['smtps://relay.example.com:8465', { host: 'relay.example.com', port: 8465, tls: 'tls' }],
    ['smtp://relay.example.com', { host: 'relay.example.com', port: 587, tls: 'starttls' }],
    ['smtp://relay.example.com:2525', { host: 'relay.example.com', port: 2525, tls: 'starttls' }],
    ['smtp://relay.example.com:25?tls=none', { host: 'relay.example.com', port: 25, tls: 'none' }],
    ['smtp://localhost:1025', { host: 'localhost', port: 1025, tls: 'none' }],
    ['smtp://[::1]:1025', { host: '::1', port: 1025, tls: 'none' }],
    [
      'smtps://us%40er:p%3Aw@relay.example.com/',
      { host: 'relay.example.com', port: 465, tls: 'tls', username: 'us@er', password: 'p:w' },
    ],
  ])('%s is read', (url, expected) => {
    expect(read({ SYSTEM_SMTP_URL: url }).systemSmtp).toEqual(expected)
  })

  test.each([
    ['smtps://relay.example.com'],
    ['smtp://relay.example.com'],
    ['smtp://relay.example.com:587'],
    ['smtp://relay.example.com:25?tls=starttls'],
  ])('%s is safe enough for production', (url) => {
    expect(read({ SYSTEM_SMTP_URL: url }, true).systemSmtp?.tls).toMatch(/tls/)
  })

  test.each([
    [''],
    ['smtp://relay.example.com:25'],
    ['smtp://relay.example.com?tls=none'],
    ['smtp://localhost:1025'],
  ])('%j is refused in production', (url) => {
    expect(() => read({ SYSTEM_SMTP_URL: url }, true)).toThrow(/^SYSTEM_SMTP_URL: /)
  })

  test.each([
    ['relay.example.com'],
    ['http://relay.example.com'],
    ['smtp://'],
    ['smtp://relay.example.com/path'],
    ['smtp://relay.example.com?pool=true'],
    ['smtp://relay.example.com?tls=maybe'],
    ['smtps://relay.example.com?tls=none'],
    ['smtp://relay.example.com#x'],
    ['smtp://user@relay.example.com'],
    ['smtp://us%er:secret-word@relay.example.com'],
  ])('%s is refused without quoting it', (url) => {
    const starting = () => read({ SYSTEM_SMTP_URL: url })
    expect(starting).toThrow(ConfigError)
    expect(starting).not.toThrow(/secret-word/)
  })
})

test.each([['Name <a@b.example>'], ['nobody'], ['a@b.example\r\nBcc: x@y.example']])(
  'the sender %j is no bare address',
  (sender) => {
    expect(() => read({ SYSTEM_SENDER: sender })).toThrow(/^SYSTEM_SENDER: /)
  },
)

describe('the route for SMS', () => {
  const written = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'campanile-route-')), 'sms.json')
    writeFileSync(path, text)
    return `file:${path}`
  }

  test('is off in production until one is named, and never the simulator there', () => {
    const relay = { SYSTEM_SMTP_URL: 'smtps://relay.example.com' }
    expect(read(relay, true).systemSms).toBe('off')
    expect(() => read({ ...relay, SYSTEM_SMS_ROUTE: 'simulator' }, true)).toThrow(/^SYSTEM_SMS_ROUTE: /)
  })

  test('is a file with the template of a request', () => {
    const route = written('{"url":"https://sms.example.com/","json":{"to":"{{to}}","text":"{{text}}"}}')
    expect(read({ SYSTEM_SMS_ROUTE: route }).systemSms).toMatchObject({ url: 'https://sms.example.com/' })
  })

  test.each([['https://sms.example.com'], ['file:'], ['file:/no/such/file'], ['smpp']])(
    '%s is refused',
    (route) => {
      expect(() => read({ SYSTEM_SMS_ROUTE: route })).toThrow(/^SYSTEM_SMS_ROUTE: /)
    },
  )

  test('tells what is wrong with its template and nothing of what stands there', () => {
    const route = written(
      '{"url":"https://sms.example.com/","headers":{"k":"secret-word"},"json":{"to":"{{to}}"}}',
    )
    expect(() => read({ SYSTEM_SMS_ROUTE: route })).toThrow(
      'SYSTEM_SMS_ROUTE: the request template puts {{text}} nowhere',
    )
  })
})

test.each([['-1'], ['1.5'], ['many'], ['1e3']])('SMS_DAILY_LIMIT %s is refused', (limit) => {
  expect(() => read({ SMS_DAILY_LIMIT: limit })).toThrow(/^SMS_DAILY_LIMIT: /)
})
