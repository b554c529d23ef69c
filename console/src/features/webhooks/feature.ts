import { listWebhooks } from '../../../../src/webhooks/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const webhooks: Feature = {
  pages: [
    {
      path: '/account/settings/webhooks',
      permission: 'account.webhooks.view',
      load: () => import('./webhook-list-page.tsx').then((m) => m.WebhookListPage),
      prefetch: (client) => client.prefetchQuery(read(listWebhooks)),
    },
  ],
}
