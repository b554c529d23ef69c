import { formatAddress, parseAddress } from './address.ts'

const mappedPrefix = 0xffffn

/** The 16 bytes under which an address is stored and compared. */
export const toBytes = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(32, '0'), 'hex')

export const fromBytes = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)

export const familyOf = (value: bigint): 4 | 6 => (value >> 32n === mappedPrefix ? 4 : 6)

export const formatValue = (value: bigint): string => formatAddress({ family: familyOf(value), value })

/** The number of a resolved address; null for one that was not resolved. */
export const numberOf = (address: string | null): bigint | null =>
  address === null ? null : (parseAddress(address)?.value ?? null)
