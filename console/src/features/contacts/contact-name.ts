import type { Contact } from '../../../../src/contacts/contract.ts'

type Named = Pick<Contact, 'first_name' | 'last_name'>
type Keyed = Pick<Contact, 'email' | 'phone' | 'external_id'>

export const contactName = ({ first_name, last_name }: Named): string =>
  [first_name, last_name].filter((part) => part !== null && part !== '').join(' ')

/** What a contact is called: the name, else the first key; a contact of devices only has neither. */
export const contactTitle = (contact: Named & Keyed, nameless: string): string =>
  [contactName(contact), contact.email, contact.phone, contact.external_id].find(
    (text) => text !== null && text !== '',
  ) ?? nameless
