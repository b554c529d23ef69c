import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const idLength = 12
const crcLength = 6

export type KeyMode = 'live' | 'test'
export type KeyText = { readonly mode: KeyMode; readonly publicId: string; readonly whole: string }

/** Rejection keeps every character equally likely: 248 is the largest multiple of 62 below 256. */
const randomText = (length: number): string => {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 248 && text.length < length) text += alphabet.charAt(byte % alphabet.length)
    }
  }
  return text
}

const checksumOf = (text: string): string => {
  let rest = crc32(text)
  let sum = ''
  for (let place = 0; place < crcLength; place += 1) {
    sum = alphabet.charAt(rest % alphabet.length) + sum
    rest = Math.floor(rest / alphabet.length)
  }
  return sum
}

export const makePublicId = (): string => randomText(idLength)
export const prefixOf = (mode: KeyMode, publicId: string): string => `cmp_${mode}_${publicId}`

/** `cmp_live_<id 12>_<secret 43>_<crc 6>`: the checksum lets scanners tell a leaked key from chance (security.md §4.7). */
export const makeKeyText = (mode: KeyMode, publicId: string): string => {
  const start = `${prefixOf(mode, publicId)}_${randomBytes(32).toString('base64url')}`
  return `${start}_${checksumOf(start)}`
}

const pattern = /^cmp_(live|test)_([0-9A-Za-z]{12})_([\w-]{43})_([0-9A-Za-z]{6})$/

/** Null for everything that was never made here; no database is asked about such a text. */
export const parseKeyText = (text: string): KeyText | null => {
  const match = pattern.exec(text)
  const publicId = match?.[2]
  if (!match || publicId === undefined) return null
  if (checksumOf(text.slice(0, -crcLength - 1)) !== match[4]) return null
  return { mode: match[1] === 'test' ? 'test' : 'live', publicId, whole: text }
}

/** Anything that begins like a key, whole or not, for places where none may stand. */
export const looksLikeKey = (text: string): boolean => /cmp_(live|test)_[0-9A-Za-z]{12}/.test(text)

export const hashKey = (whole: string): Buffer => createHash('sha256').update(whole).digest()
