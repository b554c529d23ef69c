import { gunzipSync, inflateRawSync } from 'node:zlib'

const unpackedBytesMax = 20_000_000
const filesMax = 5

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
const isZip = (bytes: Buffer): boolean => bytes.length >= 22 && bytes.readUInt32LE(0) === 0x04034b50

type Entry = { readonly method: number; readonly start: number; readonly size: number }

const endSignature = 0x06054b50
const endBytes = 22
const centralSignature = 0x02014b50

/** The list of files stands at the end of the archive, before a comment of any length. */
const findDirectory = (zip: Buffer): number | null => {
  for (let at = zip.length - endBytes; at >= Math.max(0, zip.length - endBytes - 65_535); at -= 1) {
    if (zip.readUInt32LE(at) === endSignature) return zip.readUInt32LE(at + 16)
  }
  return null
}

const entriesOf = (zip: Buffer): Entry[] => {
  const entries: Entry[] = []
  let at = findDirectory(zip)
  while (at !== null && at + 46 <= zip.length && entries.length < filesMax) {
    if (zip.readUInt32LE(at) !== centralSignature) break
    const local = zip.readUInt32LE(at + 42)
    if (local + 30 > zip.length) break
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    entries.push({ method: zip.readUInt16LE(at + 10), start, size: zip.readUInt32LE(at + 20) })
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return entries
}

const unzip = (zip: Buffer): Buffer[] =>
  entriesOf(zip).flatMap(({ method, start, size }) => {
    const packed = zip.subarray(start, start + size)
    if (method === 0) return [packed]
    return method === 8 ? [inflateRawSync(packed, { maxOutputLength: unpackedBytesMax })] : []
  })

/** XML documents in an attachment; what unpacks to more than anybody reports is no report. */
export const unpackReports = (bytes: Buffer): Buffer[] => {
  try {
    if (isGzip(bytes)) return [gunzipSync(bytes, { maxOutputLength: unpackedBytesMax })]
    if (isZip(bytes)) return unzip(bytes)
    return bytes.length <= unpackedBytesMax ? [bytes] : []
  } catch {
    return []
  }
}
