/** An address as one number of 128 bits; IPv4 is ::ffff:a.b.c.d, so both families compare alike (security.md §2.1). */
export type Address = { readonly family: 4 | 6; readonly value: bigint }

const v4Prefix = 0xffff_0000_0000n
const octet = /^(?:0|[1-9]\d{0,2})$/
const group = /^[0-9a-f]{1,4}$/i

/** Four decimal octets, no leading zeros, no short, hex or octal forms; null for anything else. */
export const parseV4 = (text: string): bigint | null => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => octet.test(part) && Number(part) <= 255)) return null
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

/** Replaces a dotted tail by the two groups it stands for; null when the tail is no address. */
const withoutDottedTail = (text: string): string | null => {
  const at = text.lastIndexOf(':')
  const tail = text.slice(at + 1)
  if (!tail.includes('.')) return text
  const value = parseV4(tail)
  if (value === null || at < 0) return null
  return `${text.slice(0, at + 1)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
}

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'))

const parseV6 = (text: string): bigint | null => {
  const plain = withoutDottedTail(text)
  if (plain === null) return null
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const head = groupsOf(halves[0] ?? '')
  const tail = groupsOf(halves[1] ?? '')
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null
  const groups = [...head, ...Array.from({ length: halves.length === 2 ? missing : 0 }, () => '0'), ...tail]
  if (!groups.every((part) => group.test(part))) return null
  return groups.reduce((value, part) => (value << 16n) | BigInt(`0x${part}`), 0n)
}

const isMapped = (value: bigint): boolean => value >> 32n === 0xffffn

/**
 * Reads a strict IPv4 or IPv6 address (RFC 4291 §2.2); an IPv4-mapped one in any spelling is IPv4. Zone ids, ports,
 * brackets, integers and short forms are no addresses.
 */
export const parseAddress = (text: string): Address | null => {
  const v4 = parseV4(text)
  if (v4 !== null) return { family: 4, value: v4Prefix | v4 }
  if (!text.includes(':')) return null
  const v6 = parseV6(text)
  return v6 === null ? null : { family: isMapped(v6) ? 4 : 6, value: v6 }
}

const formatV4 = (value: bigint): string =>
  [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.')

/** Place and length of the longest run of zero groups; a single zero is not shortened (RFC 5952 §4.2). */
const longestZeros = (groups: readonly string[]): { at: number; length: number } => {
  let best = { at: -1, length: 1 }
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0
    while (groups[at + length] === '0') length += 1
    if (length > best.length) best = { at, length }
  }
  return best
}

/** The one spelling: dotted for IPv4, RFC 5952 for IPv6. */
export const formatAddress = ({ family, value }: Address): string => {
  if (family === 4) return formatV4(value & 0xffff_ffffn)
  const groups = Array.from({ length: 8 }, (_, n) => ((value >> BigInt(112 - 16 * n)) & 0xffffn).toString(16))
  const { at, length } = longestZeros(groups)
  if (at < 0) return groups.join(':')
  return `${groups.slice(0, at).join(':')}::${groups.slice(at + length).join(':')}`
}
