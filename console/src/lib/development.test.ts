import { expect, test } from 'vitest'
import { isDevelopmentHere } from './development.ts'

test.each([
  ['http:', 'localhost', true],
  ['http:', '127.0.0.1', true],
  ['http:', '[::1]', true],
  ['https:', 'localhost', false],
  ['http:', 'panel.example.com', false],
  ['http:', 'localhost.example.com', false],
])('at %s//%s the mailbox is looked for: %s', (protocol, hostname, expected) => {
  expect(isDevelopmentHere({ protocol, hostname })).toBe(expected)
})
