import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'
import { inAccount, instanceAccountId } from '../../db/pool.ts'
import type { SealedColumn } from '../../db/sealed-columns.ts'
import type { Deps } from '../../http/deps.ts'
import { findSenderKey, insertSenderKey, type StoredKey } from './queries.ts'

/** RFC 8301 §3.2: signers use at least 2048 bits; more does not fit one text record. */
const modulusLength = 2_048
const purpose = 'system-sender-key'
export const sealedSenderKey: SealedColumn = {
  table: 'system_sender_keys',
  column: 'private_key_sealed',
  key: 'domain',
  purpose,
  context: (domain) => domain,
}

export type SigningKey = {
  readonly selector: string
  readonly privateKey: string
  /** Where the record stands in the name service, and what it says. */
  readonly record: { readonly name: string; readonly value: string }
}

const made = new WeakMap<Deps, Map<string, Promise<SigningKey>>>()
const pair = promisify(generateKeyPair)

const make = async (deps: Deps, domain: string): Promise<StoredKey> => {
  const { publicKey, privateKey } = await pair('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  return {
    domain,
    selector: `campanile${deps.clock.now().toISOString().slice(0, 10).replaceAll('-', '')}`,
    public_key: publicKey.toString('base64'),
    private_key_sealed: deps.keys.seal(purpose, domain, Buffer.from(privateKey)),
  }
}

const load = async (deps: Deps, domain: string): Promise<SigningKey> => {
  const find = () => inAccount(deps.db, instanceAccountId, (trx) => findSenderKey(trx, domain))
  let stored = await find()
  if (!stored) {
    const fresh = await make(deps, domain)
    await inAccount(deps.db, instanceAccountId, (trx) => insertSenderKey(trx, fresh))
    stored = await find()
  }
  const privateKey = stored && deps.keys.open(purpose, domain, stored.private_key_sealed)
  if (!stored || !privateKey) throw new Error('the key of the system sender does not open with SECRET_KEYS')
  const { selector, public_key } = stored
  return {
    selector,
    privateKey: privateKey.toString(),
    record: { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${public_key}` },
  }
}

/** The key that signs system mail of this domain; made at its first use, kept sealed. */
export const findSigningKey = (deps: Deps, domain: string): Promise<SigningKey> => {
  const known = made.get(deps) ?? new Map<string, Promise<SigningKey>>()
  made.set(deps, known)
  const loading = known.get(domain) ?? load(deps, domain)
  known.set(domain, loading)
  // A fault of the moment must not be remembered.
  loading.catch(() => known.delete(domain))
  return loading
}
