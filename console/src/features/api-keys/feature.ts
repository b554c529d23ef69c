import { listApiKeys } from '../../../../src/security/api-keys/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const apiKeys: Feature = {
  pages: [
    {
      path: '/account/settings/api',
      permission: 'account.api_keys.view',
      load: () => import('./key-list-page.tsx').then((m) => m.KeyListPage),
      prefetch: (client) => client.prefetchQuery(read(listApiKeys)),
    },
  ],
}
