import { expect, test } from 'vitest'
import { examples, reachable } from './door-examples.ts'

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['0.0.0.0', 'panel.test'],
  ['::', 'panel.test'],
  ['mail.test', 'mail.test'],
])('a door that listens at %s is reached at %s', (host, expected) => {
  expect(reachable({ host, port: 25 }, 'panel.test')).toEqual({ host: expected, port: 25 })
})

test('every example names host and port', () => {
  for (const { write } of examples) {
    const text = write({ host: '127.0.0.1', port: 8425 })
    expect(text).toContain('127.0.0.1')
    expect(text).toContain('8425')
  }
})

test('an IPv6 address stands in brackets in an address', () => {
  expect(examples[0].write({ host: '::1', port: 8425 })).toContain('smtp://[::1]:8425')
})
