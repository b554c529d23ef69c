import { createHmac, timingSafeEqual } from 'node:crypto'

export const stepSeconds = 30
const digitsShown = 6
/** One step of drift either way (security.md §3.3). */
const windowSteps = 1

/** RFC 4226 §5.3: HMAC-SHA-1 of the counter, dynamically truncated. */
export const hotp = (secret: Uint8Array, counter: number, digits = digitsShown): string => {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  const mac = createHmac('sha1', secret).update(message).digest()
  const offset = (mac.at(-1) ?? 0) & 0x0f
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** RFC 6238 §4.2: the number of 30-second steps since 1970. */
export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / stepSeconds)

/** The step a code belongs to, the newest that fits; null when none does. Every step is compared, whatever fits first. */
export const stepOf = (secret: Uint8Array, code: string, now: Date): number | null => {
  const given = Buffer.from(code)
  let found: number | null = null
  for (let drift = -windowSteps; drift <= windowSteps; drift += 1) {
    const step = stepAt(now) + drift
    if (step < 0) continue
    const expected = Buffer.from(hotp(secret, step))
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step
  }
  return found
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 §6 without padding: what authenticator apps take by hand. */
export const toBase32 = (bytes: Uint8Array): string => {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(value >>> bits) & 31] ?? ''
    }
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + (alphabet[(value << (5 - bits)) & 31] ?? '') : text
}

/** Null for anything that is not base32; case, spaces and padding do not matter. */
export const fromBase32 = (text: string): Buffer | null => {
  const clean = text.toUpperCase().replaceAll(/[\s=-]/g, '')
  if (!/^[A-Z2-7]+$/.test(clean)) return null
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of clean) {
    value = (value << 5) | alphabet.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >>> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  return Buffer.from(bytes)
}

/** Key URI that authenticator apps read from the QR code; issuer and label stand as they are shown in the app. */
export const otpauthUri = (secret: string, issuer: string, label: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(label)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${digitsShown}&period=${stepSeconds}`
