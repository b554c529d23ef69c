import { BlockList, isIP } from 'node:net'

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

export type NetworkSet = { has(address: string): boolean }

/** The mapped form (`::ffff:0:0/96`, RFC 4291 §2.5.5.2) in whatever spelling. */
const isMapped = (address: string): boolean => {
  const list = new BlockList()
  list.addSubnet('::ffff:0:0', 96, 'ipv6')
  return isIP(address) === 6 && list.check(address, 'ipv6')
}

/** One list per family: Node lets a mapped IPv6 address match an IPv4 rule, which here would open what is closed. */
export const networkSet = (networks: readonly string[]): NetworkSet => {
  const v4 = new BlockList()
  const v6 = new BlockList()
  for (const network of networks) {
    const [address = '', prefix] = network.split('/')
    const family = isIP(address)
    if (family === 4) v4.addSubnet(address, Number(prefix ?? 32), 'ipv4')
    if (family === 6) v6.addSubnet(address, Number(prefix ?? 128), 'ipv6')
  }
  return {
    has: (address) => {
      const family = isIP(address)
      return family === 4 ? v4.check(address, 'ipv4') : family === 6 && v6.check(address, 'ipv6')
    },
  }
}

const denied = networkSet(deniedNetworks)
/** A zone (`fe80::1%eth0`) is no address of the public internet. */
export const isDenied = (address: string): boolean =>
  isIP(address) === 0 || address.includes('%') || isMapped(address) || denied.has(address)
