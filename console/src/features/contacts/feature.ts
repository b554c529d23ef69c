import { getContact, listContacts } from '../../../../src/contacts/contract.ts'
import type { Feature, PageRoute, SearchHit } from '../../app/feature.ts'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { contactTitle } from './contact-name.ts'

const findContacts = async (query: string, signal: AbortSignal): Promise<readonly SearchHit[]> => {
  const page = await call(listContacts, { query: { q: query, limit: 6 }, signal })
  return page.data.map((contact) => ({
    id: contact.id,
    title: contactTitle(contact, contact.id),
    ...(contact.email === null ? {} : { note: contact.email }),
    to: `/contacts/${contact.id}`,
  }))
}

const loadContact = () => import('./contact-page.tsx').then((m) => m.ContactPage)
const prefetchContact: NonNullable<PageRoute['prefetch']> = (client, params) =>
  client.prefetchQuery(read(getContact, { params: { id: params['id'] ?? '' } }))

export const contacts: Feature = {
  pages: [
    {
      path: '/contacts',
      permission: 'contacts.view',
      load: () => import('./contact-list-page.tsx').then((m) => m.ContactListPage),
    },
    { path: '/contacts/$id', permission: 'contacts.view', load: loadContact, prefetch: prefetchContact },
    {
      path: '/contacts/$id/consents',
      permission: 'contacts.consents.view',
      load: loadContact,
      prefetch: prefetchContact,
    },
    {
      path: '/contacts/$id/changes',
      permission: 'contacts.view',
      load: loadContact,
      prefetch: prefetchContact,
    },
  ],
  search: [{ id: 'contacts', heading: 'menu.contact-list', permission: 'contacts.view', find: findContacts }],
}
