import type { AuditSection } from '../http/audit-actions/contract.ts'
import type { Json } from '../lib/canonical-json.ts'
import type { Values } from './masking.ts'

/** What tells who a user is; stands beside the chain, so that it can be erased. */
const ofPeople = new Set([
  'name',
  'first_name',
  'last_name',
  'login',
  'email',
  'phone',
  'to',
  'destination',
  'recipient',
  'recipients',
])
const peopleObjects = new Set([
  'user',
  'invitation',
  'staff',
  'session',
  'factor',
  'trusted_device',
  'approval',
])

// Loose on purpose: whatever looks like a mailbox or a telephone number is no business of this log.
const mailbox = /[^\s@"'<>,;:]+@[^\s@"'<>,;:]+\.[^\s@"'<>,;:]{2,}/g
const telephone = /\+\d[\d ().-]{6,}\d/g

/** Sections in which people are contacts of the account: they appear by id only (account.md §10). */
const contactSections: ReadonlySet<AuditSection> = new Set(['contacts', 'segments', 'gdpr'])
const contactFields = new Set([
  'email',
  'phone',
  'first_name',
  'last_name',
  'external_id',
  'address',
  'street',
  'city',
  'postal_code',
])

const hide = (value: Json): Json => {
  if (typeof value === 'string')
    return value.replaceAll(mailbox, '(address)').replaceAll(telephone, '(number)')
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((member: Json) => hide(member))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, hide((member ?? null) as Json)]),
  )
}

/** Addresses of contacts never enter the log, whatever the caller passes. */
export const hideContacts = (
  section: AuditSection,
  objectType: string | undefined,
  values: Values,
): Values => {
  if (!contactSections.has(section)) return values
  const kept =
    objectType === 'contact'
      ? Object.entries(values).filter(([name]) => !contactFields.has(name))
      : Object.entries(values)
  return hide(Object.fromEntries(kept)) as Values
}

/** Divides a difference about a person into what stays in the chain and what can be erased. */
export const takePersonal = (
  objectType: string | undefined,
  values: Values,
): { readonly kept: Values; readonly personal: Values | null } => {
  if (!objectType || !peopleObjects.has(objectType)) return { kept: values, personal: null }
  const entries = Object.entries(values)
  const personal = entries.filter(([name]) => ofPeople.has(name))
  if (personal.length === 0) return { kept: values, personal: null }
  return {
    kept: Object.fromEntries(entries.filter(([name]) => !ofPeople.has(name))),
    personal: Object.fromEntries(personal),
  }
}
