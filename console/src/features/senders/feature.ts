import { listSenders } from '../../../../src/senders/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const senders: Feature = {
  pages: [
    {
      path: '/email/settings/senders',
      permission: 'email.senders.view',
      load: () => import('./sender-list-page.tsx').then((m) => m.SenderListPage),
      prefetch: (client) => client.prefetchQuery(read(listSenders)),
    },
  ],
}
