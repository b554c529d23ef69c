import { LRU } from '../../../lib/lru.ts'

// The control characters of Unicode (category Cc) and its two line ends.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const breaking = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const breakings = new RegExp(`${breaking.source}+`, 'g')

/** A header value: one line, without control characters (RFC 5322 §2.2), whatever the data brought. */
export const oneLine = (text: string): string =>
  breaking.test(text) ? text.replace(breakings, ' ').trim() : text.trim()

/** A word of this length fits behind the longest of our names that carry text, within the 76 of RFC 2047 §2. */
const wordCharsMax = 64
const lineCharsMax = 76
const wordStart = '=?UTF-8?X?'
const wordRoom = wordCharsMax - wordStart.length - '?='.length
/** Longest stretch without a space that is written as it stands. */
const stretchCharsMax = wordCharsMax

const printable = /^[\x20-\x7e]*$/
export const isPrintable = (text: string): boolean => printable.test(text)

/** Whether a reader shows the text as it stands: what looks like an encoded word would be decoded (RFC 2047 §2). */
export const isPlain = (text: string): boolean => printable.test(text) && !text.includes('=?')

// What may stand unencoded in a phrase, the narrowest of the places (RFC 2047 §5 rule 3).
const plainInWord = /^[A-Za-z0-9!*+\-/]$/
const inQ: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const sign = String.fromCharCode(byte)
  if (sign === ' ') return '_'
  return plainInWord.test(sign) ? sign : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
})

const encodedSigns = new LRU<string, string>(2_000)

const encodeSign = (sign: string): string => {
  const known = encodedSigns.get(sign)
  if (known !== undefined) return known
  let encoded = ''
  for (const byte of Buffer.from(sign)) encoded += inQ[byte]
  encodedSigns.set(sign, encoded)
  return encoded
}

const q = (text: string): string => {
  let encoded = ''
  for (const sign of text) encoded += sign < '\u0080' ? inQ[sign.charCodeAt(0)] : encodeSign(sign)
  return encoded
}
const b = (text: string): string => Buffer.from(text).toString('base64')

/** One word never holds half a character: readers decode each word by itself (RFC 2047 §5). */
const wordsIn = (kind: 'Q' | 'B', encode: (text: string) => string, text: string): string[] => {
  const words: string[] = []
  let content = ''
  let bytes = 0
  for (const sign of text) {
    const size = kind === 'B' ? Buffer.byteLength(sign) : q(sign).length
    if (bytes + size > (kind === 'B' ? Math.floor(wordRoom / 4) * 3 : wordRoom)) {
      words.push(encode(content))
      content = ''
      bytes = 0
    }
    content += sign
    bytes += size
  }
  return [...words, encode(content)].map((word) => `=?UTF-8?${kind}?${word}?=`)
}

/** Encoded words of a text, in the shorter encoding; a space between two of them is not shown. */
export const encodedWords = (text: string): string[] => {
  const wide = Buffer.byteLength(text) - text.length
  return wide * 2 > text.length ? wordsIn('B', b, text) : wordsIn('Q', q, text)
}

/** A header of pieces parted by spaces, folded where the next piece would make the line too long (RFC 5322 §2.2.3). */
export const fold = (name: string, pieces: readonly string[]): string => {
  let done = ''
  let line = `${name}:`
  let empty = true
  for (const piece of pieces) {
    if (!empty && line.length + 1 + piece.length > lineCharsMax) {
      done += `${line}\r\n`
      line = ''
    }
    line += ` ${piece}`
    empty = false
  }
  return `${done}${line}\r\n`
}

/** Text of no structure, as a subject is (RFC 5322 §3.6.5). */
export const textHeader = (name: string, text: string): string => {
  const shown = oneLine(text).toWellFormed()
  if (!isPlain(shown)) return fold(name, encodedWords(shown))
  if (name.length + 2 + shown.length <= lineCharsMax) return `${name}: ${shown}\r\n`
  const pieces = shown.split(' ')
  // Two spaces at a fold would be read as one, and what has no space cannot be folded.
  const foldable = pieces.every((piece) => piece !== '' && piece.length <= stretchCharsMax)
  return fold(name, foldable ? pieces : encodedWords(shown))
}

const safeNames = new LRU<string, string>(500)

const safeNameOf = (name: string): string => {
  const known = safeNames.get(name) ?? name.replace(/[^A-Za-z0-9-]/g, '')
  safeNames.set(name, known)
  return known
}

/** A value prepared by us: on one line, since a token must stay whole; folded only where a line cannot hold it. */
export const preparedHeader = (name: string, value: string): string => {
  const safeName = safeNameOf(name)
  const line = `${safeName}: ${oneLine(value)}`
  return isPrintable(line) && line.length <= 998 ? `${line}\r\n` : textHeader(safeName, value)
}
