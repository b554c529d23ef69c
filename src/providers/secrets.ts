import type { AccountKeys } from '../accounts/index.ts'
import type { Secrets } from './config.ts'

const placeOf = (id: string): string => `providers|secrets_sealed|${id}`

export const sealSecrets = (keys: AccountKeys, id: string, secrets: Secrets): Buffer | null =>
  Object.keys(secrets).length === 0 ? null : keys.seal(placeOf(id), JSON.stringify(secrets))

/** @throws when the row's secrets do not open: they were moved or the installation runs with other keys. */
export const openSecrets = (
  keys: AccountKeys,
  row: { id: string; secrets_sealed: Buffer | null },
): Secrets => {
  if (!row.secrets_sealed) return {}
  const plain = keys.open(placeOf(row.id), row.secrets_sealed)
  if (plain === null) throw new Error('the secrets of a provider do not open')
  return JSON.parse(plain) as Secrets
}
