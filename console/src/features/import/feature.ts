import { getImport, listImports } from '../../../../src/contacts/import/contract.ts'
import type { Feature, PageRoute } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const prefetchImport: NonNullable<PageRoute['prefetch']> = (client, params) =>
  client.prefetchQuery(read(getImport, { params: { id: params['id'] ?? '' } }))

export const imports: Feature = {
  pages: [
    {
      path: '/contacts/imports',
      permission: 'contacts.import.view',
      load: () => import('./import-list-page.tsx').then((m) => m.ImportListPage),
      prefetch: (client) => client.prefetchQuery(read(listImports)),
    },
    {
      path: '/contacts/imports/new',
      permission: 'contacts.import.run',
      load: () => import('./new-import-page.tsx').then((m) => m.NewImportPage),
    },
    {
      path: '/contacts/imports/$id',
      permission: 'contacts.import.view',
      load: () => import('./import-page.tsx').then((m) => m.ImportPage),
      prefetch: prefetchImport,
    },
    {
      path: '/contacts/imports/$id/$step',
      permission: 'contacts.import.run',
      load: () => import('./wizard-page.tsx').then((m) => m.WizardPage),
      prefetch: prefetchImport,
    },
  ],
}
