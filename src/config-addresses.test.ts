import { expect, test } from 'vitest'
import { readAddressConfig } from './config-addresses.ts'

const read = (env: Record<string, string>) => readAddressConfig(env, true)

test('without settings the socket peer is the client and private networks are for loopback alone', () => {
  expect(read({})).toEqual({
    proxies: { trusted: [], source: { kind: 'x-forwarded-for' }, allowPort: false },
    allowPrivateEntries: true,
  })
  expect(readAddressConfig({}, false).allowPrivateEntries).toBe(false)
})

test.each([
  ['TRUSTED_PROXIES', 'true'],
  ['TRUSTED_PROXIES', '*'],
  ['TRUSTED_PROXIES', '2'],
  ['TRUSTED_PROXIES', '0.0.0.0/0'],
  ['TRUSTED_PROXIES', '::/0'],
  ['TRUSTED_PROXIES', '::ffff:10.0.0.0/8'],
  ['TRUSTED_PROXIES', '10.1.2.3/8'],
  ['TRUSTED_PROXIES', '010.0.0.0/8'],
  ['TRUSTED_PROXIES', 'proxy.example.com'],
  ['CLIENT_ADDRESS_SOURCE', 'x-real-ip'],
  ['CLIENT_ADDRESS_SOURCE', 'header:'],
  ['CLIENT_ADDRESS_ALLOW_PORT', 'yes'],
  ['ALLOW_PRIVATE_ENTRIES', '1'],
])('the start is refused with %s=%s, in one line that names it', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(new RegExp(`^${name}: [^\n]+$`))
})
