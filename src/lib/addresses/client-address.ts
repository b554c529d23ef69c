import { type Address, formatAddress, parseAddress } from './address.ts'
import { elementsOf, forOf } from './forwarded.ts'
import type { Network } from './network.ts'

/** The one place an address may be read from; `socket` reads no header at all. */
export type AddressSource =
  | { readonly kind: 'x-forwarded-for' }
  | { readonly kind: 'forwarded' }
  | { readonly kind: 'proxy-protocol' }
  | { readonly kind: 'header'; readonly name: string }

export type ProxySettings = {
  readonly trusted: readonly Network[]
  readonly source: AddressSource
  readonly allowPort: boolean
}

export type Arrival = {
  readonly peer: string | undefined
  /** Lines of one header by its lower-case name, in the order they came. */
  readonly lines: (name: string) => readonly string[]
  /** What a PROXY v2 preamble said: undefined = none came, null = it named no address. */
  readonly preamble?: string | null | undefined
}

const hopsMax = 20
const bytesMax = 1024

const isTrusted = (address: Address, trusted: readonly Network[]): boolean =>
  trusted.some(
    ({ family, lo, hi }) => family === address.family && lo <= address.value && address.value <= hi,
  )

/** Whether the peer of a socket may speak for others. */
export const isTrustedPeer = ({ trusted }: ProxySettings, peer: string | undefined): boolean => {
  const address = parseAddress(peer ?? '')
  return address !== null && isTrusted(address, trusted)
}

const v4Port = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/

/** A strict address and nothing else; `ip:port` only where the operator said so (security.md §2.4). */
const readToken = (token: string, allowPort: boolean): Address | null =>
  parseAddress(token) ?? (allowPort ? parseAddress(v4Port.exec(token)?.[1] ?? '') : null)

type Hops = readonly (Address | null)[]

const forwardedFor = (lines: readonly string[], allowPort: boolean): Hops =>
  lines
    .join(',')
    .split(',')
    .map((token) => readToken(token.replace(/^[ \t]+|[ \t]+$/g, ''), allowPort))

const forwarded = (lines: readonly string[], allowPort: boolean): Hops =>
  lines
    .flatMap((line) => elementsOf(line) ?? [null])
    .map((element) => element && readForwarded(element, allowPort))

const readForwarded = (element: ReadonlyMap<string, string>, allowPort: boolean): Address | null => {
  const node = forOf(element)
  if (node === null || (node.port !== null && !allowPort)) return null
  const address = parseAddress(node.host)
  // IPv6 stands in brackets, IPv4 without them (RFC 7239 §6).
  return address && node.bracketed === node.host.includes(':') ? address : null
}

/** The hops a trusted peer tells of, nearest last; null when it tells none that may be used. */
const hopsOf = ({ source, allowPort }: ProxySettings, arrival: Arrival): Hops | null => {
  if (source.kind === 'proxy-protocol') {
    return arrival.preamble === undefined || arrival.preamble === null
      ? null
      : [parseAddress(arrival.preamble)]
  }
  const lines = arrival.lines(source.kind === 'header' ? source.name : source.kind)
  if (lines.length === 0 || lines.join(', ').length > bytesMax) return null
  if (source.kind === 'header') return lines.length === 1 ? [readToken(lines[0] ?? '', allowPort)] : null
  const hops = source.kind === 'forwarded' ? forwarded(lines, allowPort) : forwardedFor(lines, allowPort)
  return hops.length > hopsMax ? null : hops
}

/**
 * Who the client is: the walk begins at the socket peer and goes right to left over trusted hops; the first that is not
 * trusted is the client. Null = unresolved: whatever is not strictly an address before that point is never guessed at.
 */
export const resolveClient = (settings: ProxySettings, arrival: Arrival): string | null => {
  const peer = parseAddress(arrival.peer ?? '')
  if (!peer) return null
  if (!isTrusted(peer, settings.trusted)) return formatAddress(peer)
  const hops = hopsOf(settings, arrival)
  if (!hops || hops.length === 0) return null
  for (const hop of hops.toReversed()) {
    if (!hop) return null
    if (!isTrusted(hop, settings.trusted)) return formatAddress(hop)
  }
  const leftmost = hops[0]
  return leftmost ? formatAddress(leftmost) : null
}
