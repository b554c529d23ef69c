import { listFields } from '../../../../src/contacts/fields/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const load = () => import('./field-list-page.tsx').then((m) => m.FieldListPage)

export const fields: Feature = {
  pages: [
    {
      path: '/contacts/fields',
      permission: 'contacts.fields.view',
      load,
      prefetch: (client) =>
        client.prefetchQuery(read(listFields, { query: { limit: 1000, archived: false } })),
    },
    { path: '/contacts/fields/archive', permission: 'contacts.fields.view', load },
  ],
}
