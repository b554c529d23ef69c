import { accountKeys, findAccount } from '../accounts/index.ts'
import type { Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import { conflict, notFound, unprocessable } from '../http/errors.ts'
import { requirePersonalData, seesPersonalData } from '../http/personal-data.ts'
import { parseEmail } from '../lib/email-address.ts'
import type { KeyRing } from '../lib/secrets.ts'
import { parsePhone } from './phone.ts'
import { type ContactValues, findByKeys } from './queries.ts'
import { addressHash } from './suppressions/address.ts'
import { findErased } from './suppressions/queries.ts'

/** The country in which national phone numbers of the account are read. */
export const countryOf = async (trx: Trx, accountId: string): Promise<string> =>
  (await findAccount(trx, accountId))?.country ?? 'PL'

export type Match = {
  readonly id: string
  readonly key: 'external_id' | 'email' | 'phone'
  readonly state: string
}

/**
 * Somebody who sees no addresses learns of a taken one only that it is taken, never by whom; and beside an external id that
 * is known, not even that: else the two answers together would tell whose address it is.
 */
const matchMasked = (others: readonly Match[]): Match | null => {
  const known = others.find(({ key }) => key === 'external_id')
  if (others.length > 0 && !known) throw conflict('contact_exists')
  return known ?? null
}

/** The one contact that has one of these keys; keys of two contacts are a conflict of their own. */
export const matchContact = async (
  trx: Trx,
  actor: Actor,
  values: ContactValues,
  exceptId?: string,
): Promise<Match | null> => {
  const found = await findByKeys(trx, actor.accountId, {
    externalId: values.external_id,
    emailKey: values.email_key,
    phone: values.phone,
  })
  const others = found.filter((match) => match.id !== exceptId)
  if (!seesPersonalData(actor)) return matchMasked(others)
  const ids = [...new Set(others.map((match) => match.id))]
  if (ids.length > 1) throw conflict('ambiguous_match', '', { contact_ids: ids })
  return others[0] ?? null
}

export const contactExists = (match: Match) =>
  conflict('contact_exists', '', { contact_id: match.id, key: match.key })

/** An erased person must not come back by accident; only the hash of the address was kept. */
export const refuseErased = async (
  trx: Trx,
  keys: KeyRing,
  accountId: string,
  values: ContactValues,
): Promise<void> => {
  const { addressHash: blocks } = await accountKeys(trx, keys, accountId)
  const hashes = [
    ...(values.email_key ? [{ pointer: '/email', hash: addressHash(blocks, values.email_key) }] : []),
    ...(values.phone ? [{ pointer: '/phone', hash: addressHash(blocks, values.phone) }] : []),
  ]
  for (const { pointer, hash } of hashes) {
    if (!(await findErased(trx, accountId, hash))) continue
    throw unprocessable('address_erased', '', {
      errors: [{ pointer, code: 'address_erased', detail: 'belongs to an erased person' }],
    })
  }
}

/** The id behind `/contacts/by/{key}/{value}`; a value that is no such key names nobody. */
export const findIdByKey = async (
  trx: Trx,
  actor: Actor,
  key: 'external_id' | 'email' | 'phone',
  value: string,
): Promise<string> => {
  const { accountId } = actor
  if (key !== 'external_id') requirePersonalData(actor)
  const keys =
    key === 'email'
      ? { emailKey: parseEmail(value)?.key ?? null }
      : key === 'phone'
        ? { phone: parsePhone(value, await countryOf(trx, accountId)) }
        : { externalId: value }
  const [found] = await findByKeys(trx, accountId, keys)
  if (!found) throw notFound()
  return found.id
}
