import { recordAct } from '../audit/index.ts'
import { inAccount, type Trx } from '../db/pool.ts'
import type { Actor } from '../http/actor.ts'
import type { Deps } from '../http/deps.ts'
import { AppError, conflict, invalidField, notFound, unprocessable, versionConflict } from '../http/errors.ts'
import { uuidV7 } from '../lib/ids.ts'
import { parseTimestamp } from '../lib/timestamp.ts'
import { notify } from '../live/index.ts'
import { insertChanges } from './changes/queries.ts'
import { actorProof } from './consents/consent.ts'
import { dropConsentOfAddress, lockNamedGroups, recordAround } from './contact-around.ts'
import { planChange } from './contact-change.ts'
import { readContactValues } from './contact-input.ts'
import { checkContactLimit } from './contact-limit.ts'
import type { Contact, ContactChange, NewContact } from './contract.ts'
import { type FieldValues, mergeFieldValues, readFieldValues } from './fields/merge.ts'
import { listFieldRows } from './fields/queries.ts'
import { contactExists, countryOf, type Match, matchContact, refuseErased } from './keys.ts'
import { singleTimeZoneOf } from './locale.ts'
import { listGroupIdsOf, lockGroups } from './members/queries.ts'
import { countryOfPhone } from './phone.ts'
import { presentContact } from './presentation/contact.ts'
import {
  type ContactRow,
  type ContactValues,
  deleteContacts,
  findContact,
  insertContact,
  lockContact,
  updateContact,
} from './queries.ts'
import { inAccountRetrying } from './retry.ts'
import type { Channel } from './shapes/contract.ts'

export type ContactWork = { readonly deps: Deps; readonly actor: Actor; readonly now: Date }

/** The log names what was set and never what it was set to: contacts appear by id only (account.md §10). */
const namesAround = (body: ContactChange): string[] =>
  ['groups', 'consent'].filter((name) => name in body && body[name as keyof ContactChange] !== undefined)
const namesOf = (body: ContactChange): string[] =>
  Object.keys(body).filter(
    (name) => name !== 'on_conflict' && body[name as keyof ContactChange] !== undefined,
  )

type Wishes = { readonly values: ContactValues; readonly fields: FieldValues }

const readWishes = async (trx: Trx, accountId: string, body: ContactChange): Promise<Wishes> => ({
  values: readContactValues(body, await countryOf(trx, accountId)),
  fields: body.fields === undefined ? {} : readFieldValues(await listFieldRows(trx, accountId), body.fields),
})

const zoneOfPhone = (phone: string | null | undefined): string | null => {
  const country = phone ? countryOfPhone(phone) : null
  return country ? singleTimeZoneOf(country) : null
}

const hasKey = (values: ContactValues): boolean => Boolean(values.external_id ?? values.email ?? values.phone)

const createdAt = (body: NewContact, now: Date): { created_at?: Date } => {
  if (body.created_at === undefined) return {}
  const at = parseTimestamp(body.created_at)
  if (!at) throw invalidField('/created_at', 'pattern', 'is no point in time')
  if (at > now) throw invalidField('/created_at', 'out_of_range', 'lies in the future')
  return { created_at: at }
}

/** Null when another writer took one of the keys meanwhile; the caller looks again. */
const insertNew = async (
  trx: Trx,
  work: ContactWork,
  body: NewContact,
  wishes: Wishes,
): Promise<ContactRow | null> => {
  const { accountId } = work.actor
  if (!hasKey(wishes.values)) throw unprocessable('key_required')
  await refuseErased(trx, work.deps.keys, accountId, wishes.values)
  await checkContactLimit(trx, accountId, work.actor.entitlements)
  const row = await insertContact(trx, accountId, {
    ...wishes.values,
    time_zone: wishes.values.time_zone ?? zoneOfPhone(wishes.values.phone),
    id: uuidV7(work.now),
    fields: JSON.stringify(mergeFieldValues({}, wishes.fields)),
    source: 'manual',
    ...createdAt(body, work.now),
  })
  if (!row) return null
  await recordAround(trx, work.actor, row.id, body, work.now)
  await notify(trx, accountId, 'contact', row.id)
  const after = { fields: namesOf(body), state: row.state }
  await recordAct(trx, work.deps, work.actor, {
    action: 'contact.created',
    type: 'contact',
    id: row.id,
    after,
  })
  return row
}

const changedAddresses = (present: ContactRow, values: ContactValues, body: ContactChange): Channel[] => {
  const stated = new Set((body.consent ?? []).map((entry) => entry.channel))
  const email = values.email_key !== undefined && values.email_key !== present.email_key
  const phone = values.phone !== undefined && values.phone !== present.phone
  const channels: Channel[] = [
    ...(email ? (['email'] as const) : []),
    ...(phone ? (['sms', 'rcs'] as const) : []),
  ]
  return channels.filter((channel) => !stated.has(channel))
}

const withZone = (present: ContactRow, values: ContactValues): ContactValues => {
  if (!values.phone || values.time_zone !== undefined || present.time_zone !== null) return values
  const zone = zoneOfPhone(values.phone)
  return zone ? { ...values, time_zone: zone } : values
}

const applyChange = async (
  trx: Trx,
  work: ContactWork,
  present: ContactRow,
  body: ContactChange,
  wishes: Wishes,
): Promise<ContactRow> => {
  const { accountId } = work.actor
  if (present.state === 'restricted') throw conflict('contact_restricted')
  const values = withZone(present, wishes.values)
  if (!hasKey({ ...present, ...values })) throw unprocessable('key_required')
  const taken = await matchContact(trx, accountId, values, present.id)
  if (taken) throw contactExists(taken)
  const changed = changedAddresses(present, values, body)
  if (values.email_key !== present.email_key || values.phone !== present.phone)
    await refuseErased(trx, work.deps.keys, accountId, values)
  const plan = planChange(present, values, wishes.fields)
  await insertChanges(trx, accountId, present.id, actorProof(work.actor), plan.entries)
  await dropConsentOfAddress(trx, work.actor, present.id, changed)
  const around = await recordAround(trx, work.actor, present.id, body, work.now)
  if (plan.entries.length === 0 && !around) return present
  await notify(trx, accountId, 'contact', present.id)
  const row = await updateContact(trx, accountId, present.id, plan.values)
  const after = { changed: [...plan.entries.map(({ field }) => field), ...namesAround(body)] }
  await recordAct(trx, work.deps, work.actor, {
    action: 'contact.changed',
    type: 'contact',
    id: row.id,
    after,
  })
  return row
}

const changeById = async (
  trx: Trx,
  work: ContactWork,
  id: string,
  body: ContactChange,
  ifMatch: number | null,
): Promise<ContactRow> => {
  const wishes = await readWishes(trx, work.actor.accountId, body)
  const present = await lockContact(trx, work.actor.accountId, id)
  if (!present) throw notFound()
  if (ifMatch !== null && ifMatch !== present.version) throw versionConflict()
  return applyChange(trx, work, present, body, wishes)
}

const onConflict = async (
  trx: Trx,
  work: ContactWork,
  match: Match,
  body: NewContact,
): Promise<ContactRow> => {
  if (body.on_conflict === 'skip') {
    const row = await findContact(trx, work.actor.accountId, match.id)
    if (row) return row
  }
  if (body.on_conflict !== 'update') throw contactExists(match)
  if (!work.actor.permissions.has('contacts.edit'))
    throw new AppError('permission_denied', 403, '', { permission: 'contacts.edit' })
  return changeById(trx, work, match.id, body, null)
}

const attemptsMax = 3

/** Adds a contact, or meets the one that has its keys; of two equal requests at once one adds and one meets. */
export const addContact = (
  work: ContactWork,
  body: NewContact,
): Promise<{ contact: Contact; isNew: boolean }> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const wishes = await readWishes(trx, accountId, body)
    await lockNamedGroups(trx, accountId, body)
    for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
      const match = await matchContact(trx, accountId, wishes.values)
      const row = match ? await onConflict(trx, work, match, body) : await insertNew(trx, work, body, wishes)
      if (row) return { contact: await presentContact(trx, work.deps.keys, accountId, row), isNew: !match }
    }
    throw new AppError('unavailable', 503, '', {}, { 'retry-after': '1' })
  })

export const editContact = (
  work: ContactWork,
  find: (trx: Trx) => Promise<string>,
  body: ContactChange,
  ifMatch: number | null,
): Promise<Contact> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const id = await find(trx)
    if (!(await findContact(trx, work.actor.accountId, id))) throw notFound()
    await lockNamedGroups(trx, work.actor.accountId, body)
    const row = await changeById(trx, work, id, body, ifMatch)
    return presentContact(trx, work.deps.keys, work.actor.accountId, row)
  })

export const readContact = (work: ContactWork, find: (trx: Trx) => Promise<string>): Promise<Contact> =>
  inAccount(work.deps.db, work.actor.accountId, async (trx) => {
    const row = await findContact(trx, work.actor.accountId, await find(trx))
    if (!row) throw notFound()
    return presentContact(trx, work.deps.keys, work.actor.accountId, row)
  })

export const removeContact = (
  work: ContactWork,
  find: (trx: Trx) => Promise<string>,
  ifMatch: number | null,
): Promise<void> =>
  inAccountRetrying(work.deps.db, work.actor.accountId, async (trx) => {
    const { accountId } = work.actor
    const id = await find(trx)
    const groups = await listGroupIdsOf(trx, accountId, [id])
    await lockGroups(trx, accountId, groups)
    const present = await lockContact(trx, accountId, id)
    if (!present) throw notFound()
    if (ifMatch !== null && ifMatch !== present.version) throw versionConflict()
    await deleteContacts(trx, accountId, [id])
    await notify(trx, accountId, 'contact', id)
    for (const group of groups) await notify(trx, accountId, 'group', group)
    await recordAct(trx, work.deps, work.actor, { action: 'contact.deleted', type: 'contact', id })
  })
