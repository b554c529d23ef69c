import { formatAddress } from './address.ts'

const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex')
const headBytes = 16
/** Addresses and the vendor fields after them; more than that no proxy of ours sends. */
const restBytesMax = 4_096
export const preambleBytesMax = headBytes + restBytesMax

export type Preamble =
  | 'more'
  | 'none'
  | 'malformed'
  | { readonly command: 'local' | 'proxy'; readonly address: string | null; readonly length: number }

const v4 = (bytes: Buffer): string => bytes.subarray(0, 4).join('.')
const v6 = (bytes: Buffer): string => {
  const value = BigInt(`0x${bytes.subarray(0, 16).toString('hex')}`)
  return formatAddress({ family: value >> 32n === 0xffffn ? 4 : 6, value })
}

const sourceOf = (family: number, body: Buffer): string | null => {
  if (family === 0x11 && body.length >= 12) return v4(body)
  return family === 0x21 && body.length >= 36 ? v6(body) : null
}

/**
 * Reads PROXY protocol version 2 (haproxy proxy-protocol.txt §2.2) at the beginning of a connection. UNSPEC and socket
 * kinds without an address name nobody.
 */
export const readPreamble = (bytes: Buffer): Preamble => {
  const begun = Math.min(bytes.length, signature.length)
  if (!bytes.subarray(0, begun).equals(signature.subarray(0, begun))) return 'none'
  if (bytes.length < headBytes) return 'more'
  const [version, family] = [bytes.readUInt8(12), bytes.readUInt8(13)]
  const length = headBytes + bytes.readUInt16BE(14)
  if (version !== 0x20 && version !== 0x21) return 'malformed'
  if (length > preambleBytesMax) return 'malformed'
  if (bytes.length < length) return 'more'
  const command = version === 0x20 ? 'local' : 'proxy'
  const body = bytes.subarray(headBytes, length)
  return { command, address: command === 'proxy' ? sourceOf(family, body) : null, length }
}
