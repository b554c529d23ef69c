import { listProviders, listRoutes } from '../../../../src/providers/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'
import { everyRoute } from './email-way.ts'

export const providers: Feature = {
  pages: [
    {
      path: '/account/sending/providers',
      permission: 'sending.providers.view',
      load: () => import('./provider-list-page.tsx').then((m) => m.ProviderListPage),
      prefetch: (client) =>
        Promise.all([
          client.prefetchQuery(read(listProviders, everyRoute)),
          client.prefetchQuery(read(listRoutes, everyRoute)),
        ]),
    },
  ],
}
