import { getSenderDomain, listSenderDomains } from '../../../../src/sender-domains/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const permission = 'email.senders.view' as const
const prefetch: Feature['pages'][number]['prefetch'] = (client, params) =>
  client.prefetchQuery(read(getSenderDomain, { params: { id: params['id'] ?? '' } }))

export const senderDomains: Feature = {
  pages: [
    {
      path: '/email/settings/domains',
      permission,
      load: () => import('./domain-list-page.tsx').then((m) => m.DomainListPage),
      prefetch: (client) => client.prefetchQuery(read(listSenderDomains)),
    },
    {
      path: '/email/settings/domains/$id',
      permission,
      prefetch,
      load: () => import('./domain-page.tsx').then((m) => m.DomainRecordsPage),
    },
    {
      path: '/email/settings/domains/$id/reports',
      permission,
      prefetch,
      load: () => import('./domain-page.tsx').then((m) => m.DomainReportsPage),
    },
  ],
}
