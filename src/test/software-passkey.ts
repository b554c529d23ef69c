import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** CBOR (RFC 8949) as far as an authenticator needs it. */
const head = (major: number, value: number): Buffer => {
  if (value < 24) return Buffer.from([(major << 5) | value])
  if (value < 256) return Buffer.from([(major << 5) | 24, value])
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255])
}
const integer = (value: number): Buffer => (value >= 0 ? head(0, value) : head(1, -1 - value))
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value])
const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const map = (...pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()])

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

const coseKey = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return map(
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(Buffer.from(x, 'base64url'))],
    [integer(-3), bytes(Buffer.from(y, 'base64url'))],
  )
}

export type Twist = {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  /** Leaves the flag for user verification out. */
  readonly unverified?: true
  readonly userHandle?: string
  readonly counter?: number
}

type Options = { readonly challenge: string }

/** An authenticator in software, for what no browser would do: wrong origins, missing verification, falling counters. */
export const softwarePasskey = (home: { origin: string; rpId: string; synced?: boolean }) => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  const flags = (twist: Twist, attested: number): number =>
    0x01 | (twist.unverified ? 0 : 0x04) | (home.synced ? 0x18 : 0) | attested
  const clientData = (type: string, { challenge }: Options, twist: Twist): Buffer =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: twist.challenge ?? challenge,
        origin: twist.origin ?? home.origin,
        crossOrigin: false,
      }),
    )
  const authData = (twist: Twist, attested: Buffer | null): Buffer => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(twist.counter ?? counter)
    const flag = Buffer.from([flags(twist, attested ? 0x40 : 0)])
    return Buffer.concat([sha256(twist.rpId ?? home.rpId), flag, count, attested ?? Buffer.alloc(0)])
  }
  const envelope = { id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' }
  return {
    id: envelope.id,
    register: (options: Options, twist: Twist = {}) => {
      const length = Buffer.alloc(2)
      length.writeUInt16BE(id.length)
      const attested = Buffer.concat([Buffer.alloc(16), length, id, coseKey(publicKey)])
      const object = map(
        [text('fmt'), text('none')],
        [text('attStmt'), map()],
        [text('authData'), bytes(authData(twist, attested))],
      )
      return {
        ...envelope,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData('webauthn.create', options, twist).toString('base64url'),
          attestationObject: object.toString('base64url'),
          transports: ['internal'],
        },
      }
    },
    answer: (options: Options, twist: Twist = {}) => {
      counter += 1
      const client = clientData('webauthn.get', options, twist)
      const data = authData(twist, null)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...envelope,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: data.toString('base64url'),
          signature: signature.toString('base64url'),
          ...(twist.userHandle === undefined ? {} : { userHandle: twist.userHandle }),
        },
      }
    },
  }
}
export type SoftwarePasskey = ReturnType<typeof softwarePasskey>
