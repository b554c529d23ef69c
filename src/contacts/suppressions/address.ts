import { createHash } from 'node:crypto'
import { parseEmail } from '../../lib/email-address.ts'
import { parsePhone } from '../phone.ts'
import type { Channel } from '../shapes/contract.ts'

/** The one spelling of an address that suppressions compare: the mailbox key, or E.164; null when it is none. */
export const addressKey = (channel: Channel, text: string, country: string): string | null => {
  switch (channel) {
    case 'email':
      return parseEmail(text)?.key ?? null
    case 'sms':
    case 'rcs':
      return parsePhone(text, country)
    case 'push':
      return text.trim() === '' ? null : text.trim()
  }
}

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The same value as SQL `keyed_hash(inner, outer, key)`: HMAC-SHA-256 by padded key blocks (RFC 2104). */
export const addressHash = (
  blocks: { readonly inner: Buffer; readonly outer: Buffer },
  key: string,
): Buffer => sha256(blocks.outer, sha256(blocks.inner, Buffer.from(key)))
