import { expect, test } from 'vitest'
import type { Contact } from '../../../../src/contacts/contract.ts'
import { toContactChange, toContactValues, toNewContact } from './contact-values.ts'

const fields = [
  { name: 'city', type: 'text' },
  { name: 'points', type: 'number' },
  { name: 'vip', type: 'boolean' },
] as const

const anna = {
  email: 'anna@example.org',
  phone: null,
  external_id: 'C-7',
  first_name: 'Anna',
  last_name: null,
  company: null,
  language: null,
  country: null,
  time_zone: null,
  fields: { city: 'Łódź', points: 12.5 },
  groups: [
    { id: 'g1', name: 'Press', state: 'member' },
    { id: 'g2', name: 'Old', state: 'left' },
  ],
} as unknown as Contact

test('a new contact carries only what was filled in', () => {
  const values = { ...toContactValues(null), email: ' jan@x.pl ', fields: { points: '3', city: ' ' } }
  expect(toNewContact(values, fields)).toEqual({ email: 'jan@x.pl', fields: { points: 3 } })
})

test('consent is granted by consent alone; an interest leaves the state open', () => {
  const values = { ...toContactValues(null), email: 'a@x.pl', consent_text: 'Fair 2026' }
  expect(toNewContact({ ...values, consent_basis: 'consent' }, fields).consent).toEqual([
    { channel: 'email', purpose: 'marketing', state: 'granted', basis: 'consent', text: 'Fair 2026' },
  ])
  expect(toNewContact({ ...values, consent_basis: 'legitimate_interest' }, fields).consent?.[0]?.state).toBe(
    'unknown',
  )
})

test('a change carries only what differs, and empty clears', () => {
  const values = toContactValues(anna)
  expect(toContactChange(anna, values, fields)).toEqual({})
  expect(
    toContactChange(
      anna,
      { ...values, first_name: '', fields: { ...values.fields, points: '', vip: 'false' }, groups: ['g3'] },
      fields,
    ),
  ).toEqual({
    first_name: null,
    fields: { points: null, vip: false },
    groups_add: ['g3'],
    groups_remove: ['g1'],
  })
})

test('a group somebody has left is not among his groups', () => {
  expect(toContactValues(anna).groups).toEqual(['g1'])
})
