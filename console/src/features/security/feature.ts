import { getIpPolicy } from '../../../../src/security/network/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const security: Feature = {
  pages: [
    {
      path: '/account/settings/security',
      permission: 'account.security.view',
      load: () => import('./security-page.tsx').then((m) => m.SecurityPage),
      prefetch: (client) => client.prefetchQuery(read(getIpPolicy)),
    },
  ],
}
