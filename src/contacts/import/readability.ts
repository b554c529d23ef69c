import iconv from 'iconv-lite'
import { bomOf, guessEncoding } from './encoding.ts'

/** Beginnings of files that are no text (contacts.md §4, Reading rule 3). */
const signatures: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x25, 0x50, 0x44, 0x46],
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
  [0x1f, 0x8b],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x37, 0x7a, 0xbc, 0xaf],
  [0x52, 0x61, 0x72, 0x21],
  [0x42, 0x5a, 0x68],
  [0x7f, 0x45, 0x4c, 0x46],
  [0x4d, 0x5a, 0x90],
  [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65],
]

const sampleBytes = 65_536
const badShareMax = 0.1

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const bad = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffd]/g

/** Whether the beginning of a file can be text: no known binary signature, at most a tenth of it unreadable. */
export const isReadable = (head: Buffer): boolean => {
  if (signatures.some((signature) => signature.every((byte, index) => head[index] === byte))) return false
  const sample = head.subarray(0, sampleBytes)
  if (sample.length === 0) return true
  const encoding = guessEncoding(sample)
  const text = iconv.decode(sample.subarray(bomOf(sample)?.bytes ?? 0), encoding)
  return (text.match(bad)?.length ?? 0) <= text.length * badShareMax
}
