import { createHmac, timingSafeEqual } from 'node:crypto'
import { uuidFromBytes, uuidToBytes } from '../lib/ids.ts'
import type { KeyRing } from '../lib/secrets.ts'

/** Which message an address was made for. */
export type ReturnPath = {
  readonly accountId: string
  readonly messageId: string
  /** First day of the month, the partition of the ledger row (sending.md §16). */
  readonly runMonth: string
  readonly test: boolean
}

// RFC 5321 §4.5.3.1.1 gives a local part 64 octets, §2.4 lets nobody change its case, and some servers do: so all of
// base 36. 328 bits need 64 such digits: two ids, a flag with the month, and a signature of 64 bits.
const digits = 64
const base = 36n
const macBytes = 8
const idsBytes = 32
const monthsMax = 512
const firstYear = 2_020
const testFlag = 512
const tokenPattern = /^[0-9a-z]{64}$/
/** The highest value of ids, the ten bits of `mark` and the signature. */
const bitsMax = 1n << BigInt(idsBytes * 8 + 10 + macBytes * 8)

type Kind = 'return-path' | 'unsubscribe'

const keysOf = new WeakMap<KeyRing, readonly Buffer[]>()
/** Kept per ring: a campaign makes a million of these. */
const signingKeys = (keys: KeyRing): readonly Buffer[] => {
  const known = keysOf.get(keys)
  if (known) return known
  const made = keys.purposeKeys('return-path')
  keysOf.set(keys, made)
  return made
}

const sign = (key: Buffer, kind: Kind, ids: Buffer, mark: number): Buffer =>
  createHmac('sha256', key).update(`${kind}|${mark}|`).update(ids).digest().subarray(0, macBytes)

const monthMark = (runMonth: string): number =>
  ((Number(runMonth.slice(0, 4)) - firstYear) * 12 + Number(runMonth.slice(5, 7)) - 1 + monthsMax) % monthsMax
const monthText = (mark: number): string =>
  `${firstYear + Math.floor(mark / 12)}-${String((mark % 12) + 1).padStart(2, '0')}-01`

const bigOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`)

const make = (keys: KeyRing, kind: Kind, origin: ReturnPath): string => {
  const [key] = signingKeys(keys)
  if (!key) throw new Error('an installation has at least one key')
  const ids = Buffer.concat([uuidToBytes(origin.accountId), uuidToBytes(origin.messageId)])
  const mark = monthMark(origin.runMonth) | (origin.test ? testFlag : 0)
  const mac = sign(key, kind, ids, mark)
  const value =
    (bigOf(ids) << BigInt(10 + macBytes * 8)) | (BigInt(mark) << BigInt(macBytes * 8)) | bigOf(mac)
  return value.toString(36).padStart(digits, '0')
}

const numberOf = (token: string): bigint => {
  let value = 0n
  for (const digit of token) value = value * base + BigInt(Number.parseInt(digit, 36))
  return value
}

const open = (keys: KeyRing, kind: Kind, text: string): ReturnPath | null => {
  const token = text.toLowerCase()
  if (!tokenPattern.test(token)) return null
  const value = numberOf(token)
  if (value >= bitsMax) return null
  const hex = value.toString(16).padStart(Math.ceil((idsBytes * 8 + 10 + macBytes * 8) / 4), '0')
  const mac = Buffer.from(hex.slice(-macBytes * 2), 'hex')
  const mark = Number((value >> BigInt(macBytes * 8)) & 0x3ffn)
  const ids = Buffer.from(
    (value >> BigInt(10 + macBytes * 8)).toString(16).padStart(idsBytes * 2, '0'),
    'hex',
  )
  if (!signingKeys(keys).some((key) => timingSafeEqual(sign(key, kind, ids, mark), mac))) return null
  return {
    accountId: uuidFromBytes(ids.subarray(0, 16)),
    messageId: uuidFromBytes(ids.subarray(16)),
    runMonth: monthText(mark % monthsMax),
    test: mark >= testFlag,
  }
}

/** The local part of a message's return path (VERP): whatever comes back to it is about that message. */
export const makeReturnPathToken = (keys: KeyRing, origin: ReturnPath): string =>
  make(keys, 'return-path', origin)

/** Null for every local part that this installation did not make; upper and lower case are one. */
export const openReturnPathToken = (keys: KeyRing, localPart: string): ReturnPath | null =>
  open(keys, 'return-path', localPart)

/** The local part that a message's `List-Unsubscribe` names beside its link; it opens as no return path. */
export const makeUnsubscribeToken = (keys: KeyRing, origin: ReturnPath): string =>
  make(keys, 'unsubscribe', origin)

export const openUnsubscribeToken = (keys: KeyRing, localPart: string): ReturnPath | null =>
  open(keys, 'unsubscribe', localPart)
