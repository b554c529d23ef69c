import { expect, test } from 'vitest'
import { truncateAddress } from './address.ts'

test.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['2001:DB8:0001::6', '2001:db8:1::/48'],
  ['2001:db8::1', '2001:db8::/48'],
  ['::1', '0::/48'],
  ['fe80::1%eth0', 'fe80::/48'],
  ['nonsense', null],
  [null, null],
])('of the address %s the network %s is kept', (address, network) => {
  expect(truncateAddress(address)).toBe(network)
})
