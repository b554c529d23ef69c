import { type Address, parseAddress } from '../addresses/address.ts'
import { type Network, parseNetwork } from '../addresses/network.ts'

/** Networks no tenant may make the program talk to (security.md §4.8), unless the operator allowed them. */
const deniedNetworks = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
] as const

export const loopbackNetworks = ['127.0.0.0/8', '::1/128'] as const

/** What the internet does not route and an operator may still own: targets that he himself named. */
export const privateNetworks = [
  ...loopbackNetworks,
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  'fc00::/7',
] as const

export type NetworkSet = { has(address: string): boolean }

/** A mapped spelling (::ffff:a.b.c.d, RFC 4291 §2.5.5.2) would carry an IPv4 address past the rules for IPv6. */
const readPlain = (text: string): Address | null => {
  const address = parseAddress(text)
  return address?.family === 4 && text.includes(':') ? null : address
}

/** @throws when a network is none: a rule that silently matches nothing would open what it was to close. */
export const networkSet = (texts: readonly string[]): NetworkSet => {
  const networks = texts.map((text): Network => {
    const network = parseNetwork(text)
    if (!network) throw new Error(`${text} is no network`)
    return network
  })
  return {
    has: (text) => {
      const address = readPlain(text)
      return (
        address !== null &&
        networks.some(
          ({ family, lo, hi }) => family === address.family && lo <= address.value && address.value <= hi,
        )
      )
    },
  }
}

const denied = networkSet(deniedNetworks)
/** What is no plain address (zones, mapped spellings, names) is denied with the rest. */
export const isDenied = (text: string): boolean => readPlain(text) === null || denied.has(text)
