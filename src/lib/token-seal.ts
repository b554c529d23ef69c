import { type Cipheriv, createCipheriv, hash, randomBytes, timingSafeEqual } from 'node:crypto'

const blockBytes = 16
const nonceBytes = 12
const macBytes = 16
const keyBytes = 32
/** Lengths of what is authenticated stand before it, so that no input is the beginning of another. */
const lengthsBytes = 8

/** Streams made beforehand; what tokens mostly are fits into one of them. */
const streamsAtOnce = 64
const streamBlocks = 5
const streamBytes = streamBlocks * blockBytes

/** The counter blocks of a nonce (NIST SP 800-38A §6.5). */
const writeCounters = (counters: Buffer, at: number, nonce: Uint8Array, blocks: number): void => {
  for (let block = 0; block < blocks; block += 1) {
    counters.set(nonce, at + block * blockBytes)
    counters.writeUInt32BE(block, at + block * blockBytes + nonceBytes)
  }
}

type Streams = { readonly nonces: Buffer; readonly bytes: Buffer }

/** Chance and cipher are asked for many tokens at once: by itself each costs as much as a whole token. */
const makeStreams = (ecb: Cipheriv): Streams => {
  const nonces = randomBytes(streamsAtOnce * nonceBytes)
  const counters = Buffer.alloc(streamsAtOnce * streamBytes)
  for (let n = 0; n < streamsAtOnce; n += 1) {
    const nonce = nonces.subarray(n * nonceBytes, (n + 1) * nonceBytes)
    writeCounters(counters, n * streamBytes, nonce, streamBlocks)
  }
  return { nonces, bytes: ecb.update(counters) }
}

const streamOf = (ecb: Cipheriv, nonce: Uint8Array, bytes: number): Buffer => {
  const blocks = Math.ceil(bytes / blockBytes)
  const counters = Buffer.alloc(blocks * blockBytes)
  writeCounters(counters, 0, nonce, blocks)
  return ecb.update(counters)
}

/** Encrypts in counter mode, then authenticates. */
export type TokenSeal = {
  seal(context: string, plain: Uint8Array): string
  /** Null when the token was made by another key, for another context, or not at all. */
  open(context: string, token: Uint8Array): Buffer | null
}

let input = Buffer.alloc(1_024)

const macOf = (macKey: Buffer, context: string, sealed: Uint8Array, size: number): Buffer => {
  const begin = keyBytes + lengthsBytes + context.length
  if (input.length < begin + size) input = Buffer.alloc((begin + size) * 2)
  input.set(macKey, 0)
  input.writeUInt32BE(context.length, keyBytes)
  input.writeUInt32BE(size, keyBytes + 4)
  input.write(context, keyBytes + lengthsBytes, 'latin1')
  for (let at = 0; at < size; at += 1) input[begin + at] = sealed[at] as number
  return hash('sha256', input.subarray(0, begin + size), 'buffer')
}

/**
 * Seals short tokens by the thousand: AES-256 in counter mode, then SHA-256 over key, lengths and text, cut to half. A
 * campaign makes several for each message; a cipher object of GCM for each of them would cost three times as much.
 * `context` is ASCII, authenticated and not stored.
 */
export const makeTokenSeal = (encryptionKey: Buffer, macKey: Buffer): TokenSeal => {
  // Blocks of a code book do not depend on each other, so that one cipher object serves all tokens.
  const ecb = createCipheriv('aes-256-ecb', encryptionKey, null).setAutoPadding(false)
  let streams = makeStreams(ecb)
  let next = 0
  return {
    seal: (context, plain) => {
      const size = plain.length
      if (next === streamsAtOnce) {
        streams = makeStreams(ecb)
        next = 0
      }
      const { nonces, bytes } = streams
      const sealed = Buffer.allocUnsafe(nonceBytes + size + macBytes)
      for (let at = 0; at < nonceBytes; at += 1) sealed[at] = nonces[next * nonceBytes + at] as number
      const isShort = size <= streamBytes
      const stream = isShort ? bytes : streamOf(ecb, sealed.subarray(0, nonceBytes), size)
      const from = isShort ? next * streamBytes : 0
      for (let at = 0; at < size; at += 1)
        sealed[nonceBytes + at] = (plain[at] as number) ^ (stream[from + at] as number)
      next += 1
      sealed.set(macOf(macKey, context, sealed, nonceBytes + size).subarray(0, macBytes), nonceBytes + size)
      return sealed.toString('base64url')
    },
    open: (context, token) => {
      const end = token.length - macBytes
      if (end < nonceBytes) return null
      const expected = macOf(macKey, context, token, end).subarray(0, macBytes)
      if (!timingSafeEqual(expected, token.subarray(end))) return null
      const stream = streamOf(ecb, token.subarray(0, nonceBytes), end - nonceBytes)
      return Buffer.from(token.subarray(nonceBytes, end).map((byte, at) => byte ^ (stream[at] as number)))
    },
  }
}
