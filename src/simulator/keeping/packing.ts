import { promisify } from 'node:util'
import { constants, zstdCompressSync, zstdDecompress } from 'node:zlib'

export type Packed = { readonly raw: Buffer; readonly encoding: 'identity' | 'zstd' }

const level = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const unzstd = promisify(zstdDecompress)

/** Mails of a campaign are alike and shrink to a fraction; what would not shrink stays as it is. */
export const packMail = (raw: Buffer): Packed => {
  const packed = zstdCompressSync(raw, level)
  return packed.length < raw.length ? { raw: packed, encoding: 'zstd' } : { raw, encoding: 'identity' }
}

export const unpackMail = async (raw: Buffer | null, encoding: string): Promise<Buffer> =>
  raw === null ? Buffer.alloc(0) : encoding === 'zstd' ? unzstd(raw) : raw
