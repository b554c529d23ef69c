import type { AccountKeys } from '../accounts/index.ts'
import { parseAddress } from '../lib/addresses/address.ts'
import { canonicalJson, type Json, storableJson } from '../lib/canonical-json.ts'
import { isUuid } from '../lib/ids.ts'
import type { AuditBy } from './entry.ts'
import type { Values } from './masking.ts'
import type { SealedSubject } from './queries.ts'

/** Who acted and from where, as kept apart from the chain. */
export type Subject = {
  readonly user_id: string | null
  readonly name: string | null
  readonly login: string | null
  readonly address: string | null
  readonly agent: string | null
}
/** Personal values of a difference. */
export type Details = {
  readonly user_id: string | null
  readonly before: Values | null
  readonly after: Values | null
}

const place = (commitment: Buffer): string => `audit_subjects‖sealed‖${commitment.toString('hex')}`

/** Sixteen bytes, IPv4 as ::ffff:a.b.c.d, so that networks are ranges of bytes. */
export const addressBytes = (text: string | null): Buffer | null => {
  const address = text === null ? null : parseAddress(text)
  if (!address) return null
  return Buffer.from(address.value.toString(16).padStart(32, '0'), 'hex')
}

const sealApart = (
  keys: AccountKeys,
  content: Json,
  who: { userId: string | null; address: string | null },
): SealedSubject => {
  const text = canonicalJson(content)
  const commitment = keys.commit(text)
  return {
    commitment,
    userId: who.userId !== null && isUuid(who.userId) ? who.userId : null,
    address: addressBytes(who.address),
    sealed: keys.seal(place(commitment), text),
  }
}

const cut = (text: string | null, max: number): string | null =>
  text === null ? null : [...text].slice(0, max).join('')

/** Null for work the program does by itself. */
export const sealSubject = (
  keys: AccountKeys,
  by: AuditBy,
  known: { readonly name: string | null; readonly login: string | null },
): SealedSubject | null => {
  if (by.type === 'system') return null
  const userId = by.type === 'api_key' ? by.onBehalfOf : by.id
  const address = by.where === null ? null : (by.where.address ?? 'unresolved')
  const subject: Subject = {
    user_id: userId,
    name: cut(by.name ?? known.name, 200),
    login: cut(by.login ?? known.login, 254),
    address,
    agent: cut(by.where?.agent ?? null, 200),
  }
  return sealApart(keys, storableJson(subject), { userId, address })
}

export const sealDetails = (keys: AccountKeys, details: Details | null): SealedSubject | null =>
  details ? sealApart(keys, details as unknown as Json, { userId: details.user_id, address: null }) : null

/** What stands apart under a commitment: `erased` when its row is gone, `forged` when it says something else. */
export const openApart = <T>(
  keys: AccountKeys,
  commitment: Buffer | null,
  sealed: Buffer | null,
): { readonly state: 'none' | 'erased' | 'forged' } | { readonly state: 'open'; readonly content: T } => {
  if (!commitment) return { state: 'none' }
  if (!sealed) return { state: 'erased' }
  const text = keys.open(place(commitment), sealed)
  if (text === null || !keys.commit(text).equals(commitment)) return { state: 'forged' }
  return { state: 'open', content: JSON.parse(text) as T }
}
