import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { AccountKeys } from '../accounts/index.ts'
import type { DkimAlgorithm } from '../content/index.ts'
import { secondSelector } from './domain-name.ts'

const rsaBits = 2_048
const generate = promisify(generateKeyPair)

export type NewKey = {
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly privateSealed: Buffer
  readonly publicKey: string
}

const placeOf = (domainId: string, selector: string): string =>
  `dkim_keys|private_sealed|${domainId}|${selector}`

/** The value of `p=`: the DER form for RSA (RFC 6376 §3.6.1), the bare 32 bytes for Ed25519 (RFC 8463 §4). */
const publicValue = (key: KeyObject, algorithm: DkimAlgorithm): string => {
  const der = key.export({ type: 'spki', format: 'der' })
  return (algorithm === 'rsa-sha256' ? der : der.subarray(-32)).toString('base64')
}

const makePair = (algorithm: DkimAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  algorithm === 'rsa-sha256' ? generate('rsa', { modulusLength: rsaBits }) : generate('ed25519', {})

export const makeKey = async (
  keys: AccountKeys,
  domainId: string,
  selector: string,
  algorithm: DkimAlgorithm,
): Promise<NewKey> => {
  const { publicKey, privateKey } = await makePair(algorithm)
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return {
    selector,
    algorithm,
    privateSealed: keys.seal(placeOf(domainId, selector), pem),
    publicKey: publicValue(publicKey, algorithm),
  }
}

export const openPrivateKey = (
  keys: AccountKeys,
  domainId: string,
  selector: string,
  sealed: Buffer,
): string => {
  const pem = keys.open(placeOf(domainId, selector), sealed)
  if (pem === null) throw new Error('a DKIM key does not open with the data key of its account')
  return pem
}

/** The selector that signs first, and the one that a rotation passes to. */
export const selectorsOf = (base: string, algorithm: DkimAlgorithm): readonly [string, string] =>
  algorithm === 'rsa-sha256' ? [base, secondSelector(base)] : [`${base}-ed`, `${base}-ed2`]
