import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { uuidV7 } from '../lib/ids.ts'
import { openKeyRing } from '../lib/secrets.ts'
import {
  makeReturnPathToken,
  makeUnsubscribeToken,
  openReturnPathToken,
  openUnsubscribeToken,
} from './return-path.ts'

const key = (id: string) => ({ id, bytes: randomBytes(32) })
const first = key('a')
const keys = openKeyRing([first])

const origin = (given: object = {}) => ({
  accountId: uuidV7(new Date('2026-03-01T00:00:00Z')),
  messageId: uuidV7(new Date('2026-11-23T03:00:00Z')),
  runMonth: '2026-11-01',
  test: false,
  ...given,
})

test.each([
  {},
  { test: true },
  { runMonth: '2020-01-01' },
  { runMonth: '2062-08-01' },
  { accountId: '00000000-0000-0000-0000-000000000000' },
  { accountId: 'ffffffff-ffff-ffff-ffff-ffffffffffff', messageId: 'ffffffff-ffff-ffff-ffff-ffffffffffff' },
])('a return path %j fits a local part and tells its message, in any case of letters', (given) => {
  const made = origin(given)
  const token = makeReturnPathToken(keys, made)
  expect(token).toMatch(/^[0-9a-z]{64}$/)
  expect(openReturnPathToken(keys, token)).toEqual(made)
  expect(openReturnPathToken(keys, token.toUpperCase())).toEqual(made)
})

test('no character of it can be changed', () => {
  const token = makeReturnPathToken(keys, origin())
  for (let at = 0; at < token.length; at += 1) {
    const other = token[at] === 'a' ? 'b' : 'a'
    expect(openReturnPathToken(keys, token.slice(0, at) + other + token.slice(at + 1))).toBeNull()
  }
})

test.each(['', 'postmaster', 'z'.repeat(64), '0'.repeat(64), 'a'.repeat(63), `${'a'.repeat(63)}-`])(
  '%j is none',
  (text) => expect(openReturnPathToken(keys, text)).toBeNull(),
)

test('an address to unsubscribe is no return path, nor the other way round', () => {
  const made = origin()
  expect(openReturnPathToken(keys, makeUnsubscribeToken(keys, made))).toBeNull()
  expect(openUnsubscribeToken(keys, makeReturnPathToken(keys, made))).toBeNull()
  expect(openUnsubscribeToken(keys, makeUnsubscribeToken(keys, made))).toEqual(made)
})

test('mail under way when the keys rotate still finds its message, that of another installation never', () => {
  const made = origin()
  const token = makeReturnPathToken(keys, made)
  expect(openReturnPathToken(openKeyRing([key('b'), first]), token)).toEqual(made)
  expect(openReturnPathToken(openKeyRing([key('b')]), token)).toBeNull()
})
