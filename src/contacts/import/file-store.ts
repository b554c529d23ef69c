import { createHash } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '../../http/errors.ts'

/** Where the uploaded files of an account lie, readable by the owner of the process alone. */
export const importPath = (dataDir: string, storageKey: string): string => join(dataDir, 'files', storageKey)
export const storageKeyOf = (accountId: string, importId: string): string =>
  join(accountId, 'imports', `${importId}.csv`)

export type StoredFile = { readonly size: number; readonly sha256: string }

/** Writes a stream to its place; nothing is left behind when it is too large or breaks off. */
export const storeUpload = async (source: Readable, path: string, bytesMax: number): Promise<StoredFile> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const partial = `${path}.part`
  const hash = createHash('sha256')
  let size = 0
  const measure = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > bytesMax) throw new AppError('file_too_large', 413, '', { limit: bytesMax })
      hash.update(chunk)
      yield chunk
    }
  }
  // Opened before anything is read: a stream that opens by itself may do so after it was given up and removed.
  const file = await open(partial, 'w', 0o600)
  try {
    await pipeline(source, measure, file.createWriteStream())
    await rename(partial, path)
    return { size, sha256: hash.digest('hex') }
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
}

export const removeUpload = (path: string): Promise<void> => rm(path, { force: true })

export const hasUpload = async (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  )
