import { listSuppressions } from '../../../../src/contacts/suppressions/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'
import { addressesPath, domainsPath, requestsPath } from './paths.ts'

const permission = 'suppressions.view'

export const suppressions: Feature = {
  pages: [
    {
      path: addressesPath,
      permission,
      load: () => import('./address-list-page.tsx').then((m) => m.AddressListPage),
      prefetch: (client) => client.prefetchQuery(read(listSuppressions, { query: { channel: 'email' } })),
    },
    {
      path: domainsPath,
      permission,
      load: () => import('./domain-list-page.tsx').then((m) => m.DomainListPage),
    },
    {
      path: requestsPath,
      permission,
      load: () => import('./request-list-page.tsx').then((m) => m.RequestListPage),
    },
  ],
}
