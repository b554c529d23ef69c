import { randomBytes } from 'node:crypto'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretLetters = 16

/** Eighty random bits in Crockford's base32: no letter looks like another. */
const makeSecret = (): string => {
  let value = BigInt(`0x${randomBytes(10).toString('hex')}`)
  let text = ''
  for (let i = 0; i < secretLetters; i += 1) {
    text = (alphabet[Number(value & 31n)] ?? '') + text
    value >>= 5n
  }
  return text
}

/** `k-XXXX-XXXX-XXXX-XXXX`, k telling which of the ten it is. */
export const writeCode = (position: number, secret: string): string =>
  `${position}-${secret.match(/.{4}/g)?.join('-') ?? ''}`

export const makeCodeText = (position: number): { readonly text: string; readonly secret: string } => {
  const secret = makeSecret()
  return { text: writeCode(position, secret), secret }
}

/** Case, dashes and spaces do not matter, and what people read for 0 and 1 is taken as meant; null when it is no code. */
export const readCode = (typed: string): { readonly position: number; readonly secret: string } | null => {
  if (typed.length > 64) return null
  const plain = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  const [, position, secret] = /^(\d)([0-9A-HJKMNP-TV-Z]{16})$/.exec(plain) ?? []
  return position === undefined || secret === undefined ? null : { position: Number(position), secret }
}
