import { expect, test } from 'vitest'
import { startTestApp } from '../../test/app.ts'
import { isTotpRequired, refusalOfAddress } from './offers.ts'

const app = await startTestApp({ env: { ALLOW_PRIVATE_ENTRIES: 'false' } })

test.each([
  ['127.0.0.1', 'private_address'],
  ['10.0.0.7', 'private_address'],
  ['fe80::1', 'reserved_address'],
  [null, 'bad_address'],
  ['203.0.113.7', null],
])('%s as the address to restrict to: %s', (address, refused) => {
  expect(refusalOfAddress(app.deps, address)).toBe(refused)
})

test.each([
  [{ loopback: true, production: false }, false],
  [{ loopback: false, production: false }, true],
  [{ loopback: false, production: true }, true],
  [{ loopback: false, production: true, operatorFactors: 'passkey' as const }, false],
])('with %j an app of the first staff is demanded: %s', (change, required) => {
  expect(isTotpRequired({ ...app.deps, config: { ...app.deps.config, ...change } })).toBe(required)
})
