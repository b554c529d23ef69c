import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
} from 'node:crypto'

const ivBytes = 12
const tagBytes = 16

/** Versioned keys; the first seals, all open. */
export type KeyRing = {
  /** Seals with AES-256-GCM under a purpose key (HKDF, RFC 5869); `context` is authenticated, not stored. */
  seal(purpose: string, context: string, plain: Uint8Array): Buffer
  /** Opens what `seal` made; null when the bytes, the context or the key do not fit. */
  open(purpose: string, context: string, sealed: Uint8Array): Buffer | null
  /**
   * The same plain text sealed with the first key; null when it already is. Throws when no key opens it, because a
   * rotation that skipped it would lose it with the old key.
   */
  reseal(purpose: string, context: string, sealed: Uint8Array): Buffer | null
  /** A purpose key that does not change while the first key lives. */
  purposeKey(purpose: string): Buffer
  /** The purpose keys of all keys, the first one first: what an older key signed still verifies. */
  purposeKeys(purpose: string): readonly Buffer[]
}

export type MasterKey = { readonly id: string; readonly bytes: Buffer }

const kidBytes = 4
const kidOf = (id: string): Buffer => createHash('sha256').update(`kid:${id}`).digest().subarray(0, kidBytes)

const derive = (master: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `campanile:${purpose}`, 32))

const ivsAtOnce = 256
const ivs = Buffer.allocUnsafeSlow(ivsAtOnce * ivBytes)
let ivAt = ivs.length

/** Random bytes are fetched for many seals at once: asking for twelve costs half as much as the seal. */
const nextIv = (): Buffer => {
  if (ivAt === ivs.length) {
    randomFillSync(ivs)
    ivAt = 0
  }
  ivAt += ivBytes
  return ivs.subarray(ivAt - ivBytes, ivAt)
}

export const sealWithKey = (key: Buffer | KeyObject, context: string, plain: Uint8Array): Buffer => {
  const iv = nextIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(context))
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export const openWithKey = (key: Buffer | KeyObject, context: string, sealed: Uint8Array): Buffer | null => {
  const bytes = Buffer.from(sealed)
  if (bytes.length < ivBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
  decipher.setAAD(Buffer.from(context))
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes))
  try {
    return Buffer.concat([
      decipher.update(bytes.subarray(ivBytes, bytes.length - tagBytes)),
      decipher.final(),
    ])
  } catch {
    return null
  }
}

export const openKeyRing = (masters: readonly [MasterKey, ...MasterKey[]]): KeyRing => {
  // A prepared key is used in a third of the time that its bytes take.
  const cache = new Map<string, KeyObject>()
  const keyFor = (master: MasterKey, purpose: string): KeyObject => {
    const name = `${master.id}\n${purpose}`
    const known = cache.get(name)
    if (known) return known
    const key = createSecretKey(derive(master.bytes, purpose))
    cache.set(name, key)
    return key
  }
  const [first] = masters
  const kids = masters.map((master) => ({ master, kid: kidOf(master.id) }))
  const firstKid = kidOf(first.id)
  const seal: KeyRing['seal'] = (purpose, context, plain) =>
    Buffer.concat([firstKid, sealWithKey(keyFor(first, purpose), context, plain)])
  const open: KeyRing['open'] = (purpose, context, sealed) => {
    const bytes = Buffer.from(sealed)
    const master = kids.find(({ kid }) => kid.equals(bytes.subarray(0, kidBytes)))?.master
    return master ? openWithKey(keyFor(master, purpose), context, bytes.subarray(kidBytes)) : null
  }
  return {
    seal,
    open,
    reseal: (purpose, context, sealed) => {
      if (firstKid.equals(Buffer.from(sealed).subarray(0, kidBytes))) return null
      const plain = open(purpose, context, sealed)
      if (!plain) throw new Error(`a sealed value (${purpose}) opens with none of SECRET_KEYS`)
      return seal(purpose, context, plain)
    },
    purposeKey: (purpose) => keyFor(first, purpose).export(),
    purposeKeys: (purpose) => masters.map((master) => keyFor(master, purpose).export()),
  }
}

const blockBytes = 64
/** The two padded key blocks of HMAC-SHA-256 (RFC 2104), for the SQL function `keyed_hash`. */
export const hmacBlocks = (key: Buffer): { inner: Buffer; outer: Buffer } => {
  const padded = Buffer.alloc(blockBytes)
  key.copy(padded)
  return {
    inner: Buffer.from(padded.map((byte) => byte ^ 0x36)),
    outer: Buffer.from(padded.map((byte) => byte ^ 0x5c)),
  }
}
