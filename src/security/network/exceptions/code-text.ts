import { createHash, randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const letters = 26

/** 128 random bits in Crockford's base32, in groups that can be read aloud. */
export const makeBreakGlassCode = (): string => {
  let value = BigInt(`0x${randomBytes(16).toString('hex')}`)
  let text = ''
  for (let n = 0; n < letters; n += 1) {
    text = (alphabet[Number(value & 31n)] ?? '') + text
    value >>= 5n
  }
  return `BG-${text.match(/.{1,6}/g)?.join('-') ?? ''}`
}

/** What is typed loses case, dashes and spaces, and letters that are read for figures; null when it is no code. */
const plainOf = (typed: string): string | null => {
  if (typed.length > 100) return null
  const plain = typed
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replace(/^BG/, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{26}$/.test(plain) ? plain : null
}

/** Of 128 random bits a plain hash gives nothing away; the user in it keeps equal codes of two people apart. */
export const hashBreakGlassCode = (userId: string, typed: string): Buffer | null => {
  const plain = plainOf(typed)
  return plain === null ? null : createHash('sha256').update(`break-glass|${userId}|${plain}`).digest()
}
