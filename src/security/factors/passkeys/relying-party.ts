import { randomBytes } from 'node:crypto'
import type { Config } from '../../../config.ts'

/** What the browser checks a passkey against: the panel's host and its exact origins. */
export type RelyingParty = {
  readonly id: string
  readonly name: string
  readonly origins: readonly string[]
}

/** An address is no RP id (WebAuthn level 3 §5.1.2): on loopback passkeys belong to `localhost`, under both spellings of the origin. */
export const relyingParty = (config: Pick<Config, 'publicUrl' | 'loopback'>): RelyingParty => {
  const { hostname, origin, port, protocol } = new URL(config.publicUrl)
  if (!config.loopback) return { id: hostname, name: 'Campanile', origins: [origin] }
  const suffix = port ? `:${port}` : ''
  return {
    id: 'localhost',
    name: 'Campanile',
    origins: ['localhost', '127.0.0.1'].map((host) => `${protocol}//${host}${suffix}`),
  }
}

/** 32 bytes, made by the server for one dialogue. */
export const makePasskeyChallenge = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(32))

export const passkeyLifeMs = 5 * 60_000
