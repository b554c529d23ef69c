import { maskContactEmail, maskContactPhone } from '../../lib/masking.ts'
import type { RenderingContact } from './queries.ts'

/** For a preview shown to somebody who sees no addresses: a message that names them shows them masked. */
export const maskedContact = (contact: RenderingContact): RenderingContact => ({
  ...contact,
  email: contact.email === null ? null : maskContactEmail(contact.email),
  phone: contact.phone === null ? null : maskContactPhone(contact.phone),
})
