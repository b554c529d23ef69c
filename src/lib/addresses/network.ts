import { type Address, parseAddress } from './address.ts'

/** A range of addresses, both ends included. */
export type Network = { readonly family: 4 | 6; readonly lo: bigint; readonly hi: bigint }

const prefixPattern = /^(?:0|[1-9]\d{0,2})$/
const widthOf = (family: 4 | 6): number => (family === 4 ? 32 : 128)

const span = (address: Address, prefix: number): Network => {
  const size = 1n << BigInt(widthOf(address.family) - prefix)
  const lo = address.value - (address.value % size)
  return { family: address.family, lo, hi: lo + size - 1n }
}

/** Reads `address/prefix`; null when it is none or has host bits set, which is never widened silently. */
export const parseNetwork = (text: string): Network | null => {
  const [base = '', prefixText = '', ...rest] = text.split('/')
  const address = parseAddress(base)
  const prefix = Number(prefixText)
  if (!address || rest.length > 0 || !prefixPattern.test(prefixText) || prefix > widthOf(address.family))
    return null
  const network = span(address, prefix)
  return network.lo === address.value ? network : null
}

export const contains = (outer: Network, inner: Network): boolean =>
  outer.family === inner.family && outer.lo <= inner.lo && inner.hi <= outer.hi

const privateNetworks = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '::1/128',
  'fc00::/7',
  'fe80::/10',
].flatMap((text) => parseNetwork(text) ?? [])

/** Whether every address of the network is one that the internet does not route (RFC 6890). */
export const isPrivate = (network: Network): boolean =>
  privateNetworks.some((known) => contains(known, network))
