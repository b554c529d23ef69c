import type { Contact, ContactChange, NewContact } from '../../../../src/contacts/contract.ts'
import type { Field } from '../../../../src/contacts/fields/contract.ts'
import type { Channel } from '../../../../src/contacts/shapes/contract.ts'
import { fromFieldText, toFieldText } from '../fields/index.ts'

export const standardFields = [
  'email',
  'phone',
  'first_name',
  'last_name',
  'company',
  'external_id',
  'language',
  'country',
  'time_zone',
] as const
export type StandardField = (typeof standardFields)[number]

export type ContactValues = Record<StandardField, string> & {
  fields: Record<string, string>
  groups: string[]
  blocked: Channel[]
  consent_basis: '' | 'consent' | 'legitimate_interest'
  consent_text: string
}

const presentGroups = (contact: Contact | null): string[] =>
  (contact?.groups ?? []).filter((group) => group.state !== 'left').map((group) => group.id)

export const toContactValues = (contact: Contact | null): ContactValues => {
  const standard = Object.fromEntries(standardFields.map((name) => [name, contact?.[name] ?? '']))
  return {
    ...(standard as Record<StandardField, string>),
    fields: Object.fromEntries(
      Object.entries(contact?.fields ?? {}).map(([name, value]) => [name, toFieldText(value)]),
    ),
    groups: presentGroups(contact),
    blocked: [],
    consent_basis: '',
    consent_text: '',
  }
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

type Fields = readonly Pick<Field, 'name' | 'type'>[]

const consentOf = ({ consent_basis: basis, consent_text }: ContactValues): NewContact['consent'] => {
  if (basis === '') return undefined
  // Only consent makes granted; an interest is recorded as the basis of an open state (contacts.md §6).
  const state = basis === 'consent' ? 'granted' : 'unknown'
  const text = consent_text.trim()
  return [{ channel: 'email', purpose: 'marketing', state, basis, ...(text === '' ? {} : { text }) }]
}

/** Only what was filled in. */
export const toNewContact = (values: ContactValues, fields: Fields): NewContact => {
  const standard = standardFields.flatMap((name) => {
    const value = orNull(values[name])
    return value === null ? [] : [[name, value]]
  })
  const own = fields.flatMap(({ name, type }) => {
    const value = fromFieldText(type, values.fields[name] ?? '')
    return value === null ? [] : [[name, value]]
  })
  const consent = consentOf(values)
  return {
    ...Object.fromEntries(standard),
    ...(own.length === 0 ? {} : { fields: Object.fromEntries(own) }),
    ...(values.groups.length === 0 ? {} : { groups_add: values.groups }),
    ...(values.blocked.length === 0 ? {} : { blocked_channels: values.blocked }),
    ...(consent === undefined ? {} : { consent }),
  }
}

/** Only what differs: a key sent unchanged must not look like a change of address. */
export const toContactChange = (contact: Contact, values: ContactValues, fields: Fields): ContactChange => {
  const before = toContactValues(contact)
  const standard = standardFields
    .filter((name) => before[name].trim() !== values[name].trim())
    .map((name) => [name, orNull(values[name])])
  const own = fields
    .filter(({ name }) => (before.fields[name] ?? '') !== (values.fields[name] ?? ''))
    .map(({ name, type }) => [name, fromFieldText(type, values.fields[name] ?? '')])
  const added = values.groups.filter((id) => !before.groups.includes(id))
  const removed = before.groups.filter((id) => !values.groups.includes(id))
  return {
    ...Object.fromEntries(standard),
    ...(own.length === 0 ? {} : { fields: Object.fromEntries(own) }),
    ...(added.length === 0 ? {} : { groups_add: added }),
    ...(removed.length === 0 ? {} : { groups_remove: removed }),
  }
}
