import { type FileHandle, open } from 'node:fs/promises'

/** Longest line of such a list: 40 digits, a colon, a count, the end of the line. */
const lineBytesMax = 64
const hashLength = 40

type Line = { readonly start: number; readonly end: number; readonly hash: string }

/** The line that begins at or after the place; null at the end of the file. */
const lineAfter = async (file: FileHandle, at: number): Promise<Line | null> => {
  const from = Math.max(0, at - 1)
  const bytes = Buffer.alloc(lineBytesMax * 2 + 1)
  const { bytesRead } = await file.read(bytes, 0, bytes.length, from)
  const text = bytes.toString('latin1', 0, bytesRead)
  const skip = at === 0 ? 0 : text.indexOf('\n') + 1
  if (at !== 0 && skip === 0) return null
  const line = text.slice(skip).split('\n', 1)[0] ?? ''
  if (line.trim() === '') return null
  return {
    start: from + skip,
    end: from + skip + line.length + 1,
    hash: line.slice(0, hashLength).toUpperCase(),
  }
}

/** Halves a file of SHA-1 hashes sorted by hash, one per line with an optional `:count`, without reading it whole. */
export const isInSortedFile = async (path: string, hash: string): Promise<boolean> => {
  const file = await open(path, 'r')
  try {
    let low = 0
    let high = (await file.stat()).size
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const line = await lineAfter(file, middle)
      if (line === null || line.start >= high) {
        high = middle
        continue
      }
      if (line.hash === hash) return true
      if (line.hash < hash) low = line.end
      else high = middle
    }
    return false
  } finally {
    await file.close()
  }
}
