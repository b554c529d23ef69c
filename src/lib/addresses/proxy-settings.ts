import { parseAddress } from './address.ts'
import type { AddressSource } from './client-address.ts'
import { type Network, parseNetwork } from './network.ts'

const headerName = /^header:([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64})$/
/** They hold several values, a name, or what the program itself reads; none is one address. */
const notOneAddress = ['forwarded', 'x-forwarded-for', 'host', 'cookie', 'authorization', 'origin']

const prefixPattern = /^(?:0|[1-9]\d{0,2})$/
const noNetwork = 'is no network like 10.0.0.0/8 (no leading zeros, no host bits)'

const readProxy = (entry: string): Network | string => {
  const [base = '', suffix, ...rest] = entry.split('/')
  const address = parseAddress(base)
  if (!address || rest.length > 0) return noNetwork
  const mapped = address.family === 4 && base.includes(':')
  const width = address.family === 4 && !mapped ? 32 : 128
  if (suffix !== undefined && !prefixPattern.test(suffix)) return noNetwork
  const prefix = suffix === undefined ? width : Number(suffix)
  if (prefix === 0) return 'would trust everybody'
  // Such an entry trusted everyone in products that read it as IPv4 (CVE-2026-90711, CVE-2026-92395).
  if (mapped && prefix < 96) return 'has a mapped prefix below 96'
  const bits = mapped ? prefix - 96 : prefix
  return bits === 0 ? 'would trust everybody' : (parseNetwork(`${base}/${bits}`) ?? noNetwork)
}

/** Reads TRUSTED_PROXIES; a text is the reason for which the start is refused (security.md §6.2). */
export const readTrustedProxies = (text: string): readonly Network[] | string => {
  if (text === '') return []
  const networks: Network[] = []
  for (const part of text.split(',')) {
    const entry = part.trim()
    const network = readProxy(entry)
    if (typeof network === 'string') return `${JSON.stringify(entry)} ${network}`
    networks.push(network)
  }
  return networks
}

/** Reads CLIENT_ADDRESS_SOURCE; null when it names no source. */
export const readAddressSource = (text: string): AddressSource | null => {
  if (text === 'x-forwarded-for' || text === 'forwarded' || text === 'proxy-protocol') return { kind: text }
  const name = headerName.exec(text)?.[1]?.toLowerCase()
  return name === undefined || notOneAddress.includes(name) ? null : { kind: 'header', name }
}
