import type { AccountKeys } from '../accounts/index.ts'
import type { WebhookAuth } from './contract.ts'

/** Sealed for its column and row: a value copied elsewhere does not open (security.md §4.9). */
const placeOf = (column: 'secret' | 'old_secret' | 'auth', id: string): string =>
  `webhook_endpoints|${column}_sealed|${id}`

export type SealedSecrets = {
  readonly id: string
  readonly secret_sealed: Buffer
  readonly old_secret_sealed: Buffer | null
  readonly old_secret_until: Date | null
  readonly auth_sealed: Buffer | null
}

export type Credentials = {
  readonly header: string
  /** What must not be read back out of an answer. */
  readonly hidden: readonly string[]
  readonly username: string | null
}

export type OpenedSecrets = { readonly signing: readonly string[]; readonly credentials: Credentials | null }

export const sealSecret = (keys: AccountKeys, id: string, secret: string): Buffer =>
  keys.seal(placeOf('secret', id), secret)

const opened = (
  keys: AccountKeys,
  column: 'secret' | 'old_secret' | 'auth',
  id: string,
  sealed: Buffer,
): string => {
  const plain = keys.open(placeOf(column, id), sealed)
  if (plain === null) throw new Error(`a sealed ${column} of a webhook does not open`)
  return plain
}

/** The present secret, sealed for the place of the former one. */
export const retireSecret = (keys: AccountKeys, row: SealedSecrets): Buffer =>
  keys.seal(placeOf('old_secret', row.id), opened(keys, 'secret', row.id, row.secret_sealed))

export const sealAuth = (keys: AccountKeys, id: string, auth: WebhookAuth): Buffer | null =>
  auth.type === 'none' ? null : keys.seal(placeOf('auth', id), JSON.stringify(auth))

const credentialsOf = (auth: WebhookAuth): Credentials => {
  if (auth.type === 'bearer') {
    const token = auth.token ?? ''
    return { header: `Bearer ${token}`, hidden: [token], username: null }
  }
  const [username, password] = [auth.username ?? '', auth.password ?? '']
  const pair = Buffer.from(`${username}:${password}`).toString('base64')
  return { header: `Basic ${pair}`, hidden: [pair, password], username }
}

const openAuth = (keys: AccountKeys, id: string, sealed: Buffer | null): Credentials | null =>
  sealed && credentialsOf(JSON.parse(opened(keys, 'auth', id, sealed)) as WebhookAuth)

export const usernameOf = (keys: AccountKeys, id: string, sealed: Buffer | null): string | null =>
  openAuth(keys, id, sealed)?.username ?? null

/** What a call needs: newest secret first, the former one for as long as it still counts. */
export const openSecrets = (keys: AccountKeys, row: SealedSecrets, now: Date): OpenedSecrets => {
  const { id, old_secret_sealed: former, old_secret_until: until } = row
  const signing = [opened(keys, 'secret', id, row.secret_sealed)]
  if (former && until && until > now) signing.push(opened(keys, 'old_secret', id, former))
  return { signing, credentials: openAuth(keys, id, row.auth_sealed) }
}
