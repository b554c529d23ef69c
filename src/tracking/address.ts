import { isIPv4, isIPv6 } from 'node:net'

const groupsKept = 3

/** Writes out `::`, so that the first 48 bits are the first three groups. */
const firstGroups = (address: string): string[] => {
  const [head = '', tail] = address.split('%')[0]?.split('::') ?? []
  const left = head ? head.split(':') : []
  if (tail === undefined) return left.slice(0, groupsKept)
  const right = tail ? tail.split(':') : []
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
  return [...left, ...zeros, ...right].slice(0, groupsKept)
}

/** The network of a caller, /24 or /48 (email.md §9.1); null when there is no address. */
export const truncateAddress = (address: string | null): string | null => {
  if (address === null) return null
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIPv4(plain)) return `${plain.split('.').slice(0, 3).join('.')}.0/24`
  if (!isIPv6(plain)) return null
  const groups = firstGroups(plain.toLowerCase()).map((group) => group.replace(/^0+(?=.)/, ''))
  return `${groups.join(':').replace(/(:0)+$/, '')}::/48`
}
