import { parseNetwork } from '../../lib/addresses/network.ts'
import { overlap, type Range } from '../../lib/addresses/range-set.ts'

export type ClassRules = {
  /** RFC 1918, fc00::/7, 100.64.0.0/10. */
  readonly allowPrivate: boolean
  readonly allowLoopback: boolean
}

const networks = (...texts: string[]): readonly Range[] => texts.flatMap((text) => parseNetwork(text) ?? [])

const unspecified6 = { lo: 0n, hi: 0n }
const loopback6 = { lo: 1n, hi: 1n }
/** IPv4-compatible addresses without the two at its beginning that mean something else. */
const compatible = { lo: 2n, hi: 0xffff_ffffn }
const mapped = { lo: 0xffff_0000_0000n, hi: 0xffff_ffff_ffffn }

const embedding = [
  compatible,
  mapped,
  ...networks('2002::/16', '2001::/32', '64:ff9b::/96', '64:ff9b:1::/48'),
]
const reserved = [
  unspecified6,
  ...networks('0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', 'fe80::/10', 'ff00::/8'),
]
const loopback = [loopback6, ...networks('127.0.0.0/8')]
const privateUse = networks('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7')

const touches = (range: Range, known: readonly Range[]): boolean => known.some((one) => overlap(one, range))

/** Any overlap with a class that no caller can have refuses the whole entry (security.md §2.3). */
export const refusedClass = (
  range: Range & { readonly family: 4 | 6 },
  rules: ClassRules,
): 'embedded_ipv4' | 'reserved_address' | 'private_address' | null => {
  if (range.family === 6 && touches(range, embedding)) return 'embedded_ipv4'
  if (touches(range, reserved)) return 'reserved_address'
  if (touches(range, privateUse) && !rules.allowPrivate) return 'private_address'
  if (touches(range, loopback) && !rules.allowLoopback) return 'private_address'
  return null
}
