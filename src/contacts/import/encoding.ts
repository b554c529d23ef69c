import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'
import type { ImportFormat } from './contract.ts'

export type Encoding = ImportFormat['encoding']

const replacement = '\uFFFD'

/** Bytes of a cell, each as one character, become text; null when they are not of this encoding. */
export const decodeCell = (encoding: Encoding, cell: string): string | null => {
  const bytes = Buffer.from(cell, 'latin1')
  switch (encoding) {
    case 'utf-8':
      return isUtf8(bytes) ? bytes.toString('utf8') : null
    case 'utf-16le':
    case 'utf-16be': {
      // Read as UTF-8 already; a half surrogate pair stands there as the replacement character.
      const text = bytes.toString('utf8')
      return text.includes(replacement) ? null : text
    }
    default: {
      const text = iconv.decode(bytes, encoding)
      return text.includes(replacement) ? null : text
    }
  }
}

/** Readable text for people, whatever the bytes are. */
export const decodeLoosely = (encoding: Encoding, cell: string): string => {
  const bytes = Buffer.from(cell, 'latin1')
  return encoding.startsWith('utf-') ? bytes.toString('utf8') : iconv.decode(bytes, encoding)
}

/** Turns the chunks of a file into strings of one character per byte, so that cells can be cut before they are decoded. */
export const makeByteReader = (encoding: Encoding): ((chunk: Buffer) => string) => {
  if (encoding !== 'utf-16le' && encoding !== 'utf-16be') return (chunk) => chunk.toString('latin1')
  const decoder = iconv.getDecoder(encoding)
  return (chunk) => Buffer.from(decoder.write(chunk), 'utf8').toString('latin1')
}

export const bomOf = (head: Buffer): { encoding: Encoding; bytes: number } | null => {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bytes: 3 }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bytes: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bytes: 2 }
  return null
}

/** How many sequences of more than one byte are valid UTF-8, and how many bytes are not. */
const weighUtf8 = (head: Buffer): { valid: number; broken: number } => {
  let valid = 0
  let broken = 0
  for (let at = 0; at < head.length; ) {
    const first = head[at] ?? 0
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
    // The sample may end inside a character.
    if (at + length > head.length) break
    const fits = length > 0 && (length === 1 || isUtf8(head.subarray(at, at + length)))
    if (!fits) broken += 1
    else if (length > 1) valid += 1
    at += fits ? length : 1
  }
  return { valid, broken }
}

/** How much a letter speaks for its encoding: our languages most, then the usual ones of the neighbours. */
const weights = new Map([
  ...[...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻäöüßÄÖÜé'].map((letter): [string, number] => [letter, 3]),
  ...[...'èêàâçñûîôáíúčšžřůěő'].map((letter): [string, number] => [letter, 2]),
])
const anyLetter = /\p{L}/u
const singleByteEncodings = ['windows-1250', 'windows-1252', 'iso-8859-2'] as const

/** Letters of the languages around us speak for an encoding, signs in the middle of words against it. */
const scoreText = (text: string): number => {
  let score = 0
  for (const [index, sign] of [...text].entries()) {
    if (sign < '\u0080') continue
    const inWord = /[A-Za-z]/.test(text[index - 1] ?? '') || /[A-Za-z]/.test(text[index + 1] ?? '')
    const weight = weights.get(sign)
    if (weight) score += weight
    else if (anyLetter.test(sign)) score += 1
    else score -= inWord || sign === replacement || sign <= '\u009f' ? 4 : 0
  }
  return score
}

const sampleBytesMax = 65_536

/** The encoding that fits the beginning of a file best; a mark of byte order decides at once. */
export const guessEncoding = (head: Buffer): Encoding => {
  const marked = bomOf(head)
  if (marked) return marked.encoding
  const { valid, broken } = weighUtf8(head)
  // Letters of another encoding hardly ever make good sequences: broken bytes beside them are broken rows.
  if (broken === 0 || valid > broken) return 'utf-8'
  const lines = head.subarray(0, sampleBytesMax)
  const scored = singleByteEncodings.map((encoding) => ({
    encoding,
    score: scoreText(iconv.decode(lines, encoding)),
  }))
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).encoding
}
