import { randomFillSync } from 'node:crypto'

const idsAtOnce = 256
const idBytes = 16
const pool = Buffer.allocUnsafeSlow(idsAtOnce * idBytes)
let poolAt = pool.length

/** Random bytes for many ids are fetched at once: asking for sixteen costs ten times as much as the id. */
const takeRandom = (): Buffer => {
  if (poolAt === pool.length) {
    randomFillSync(pool)
    poolAt = 0
  }
  poolAt += idBytes
  return pool.subarray(poolAt - idBytes, poolAt)
}

/** Makes UUIDv7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time of making. */
export const uuidV7 = (at: Date): string => {
  const bytes = takeRandom()
  bytes.writeUIntBE(at.getTime(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => uuidPattern.test(text)

export const uuidToBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
/** Writes an id in its sixteen bytes, without an object for them. */
export const writeUuid = (bytes: Buffer, at: number, id: string): void => {
  bytes.write(id.replaceAll('-', ''), at, 'hex')
}

export const uuidFromBytes = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`
}
