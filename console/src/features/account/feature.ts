import { getAccount } from '../../../../src/accounts/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const account: Feature = {
  pages: [
    {
      path: '/account/settings/general',
      permission: 'account.settings.view',
      load: () => import('./general-page.tsx').then((m) => m.GeneralPage),
      prefetch: (client) => client.prefetchQuery(read(getAccount)),
    },
  ],
}
