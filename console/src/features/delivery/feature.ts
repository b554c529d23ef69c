import { readSendingHealth } from '../../../../src/providers/health/contract.ts'
import { listReceivers } from '../../../../src/providers/receivers/contract.ts'
import { listShapingRules } from '../../../../src/providers/shaping/contract.ts'
import { listWarmups } from '../../../../src/providers/warmup/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

export const delivery: Feature = {
  pages: [
    {
      path: '/email/delivery',
      permission: 'sending.providers.view',
      load: () => import('./delivery-page.tsx').then((m) => m.DeliveryPage),
      prefetch: (client) => client.prefetchQuery(read(listReceivers, { query: { hours: '24' } })),
    },
    {
      path: '/email/settings/warm-up',
      permission: 'email.settings.view',
      load: () => import('./warmup/warmup-page.tsx').then((m) => m.WarmupPage),
      prefetch: (client) => client.prefetchQuery(read(listWarmups, { query: { limit: 100 } })),
    },
    {
      path: '/email/settings/shaping',
      permission: 'email.settings.view',
      load: () => import('./limits/limits-page.tsx').then((m) => m.LimitsPage),
      prefetch: (client) => client.prefetchQuery(read(listShapingRules, { query: { limit: 1000 } })),
    },
    {
      path: '/account/sending/health',
      permission: 'sending.providers.view',
      load: () => import('./health/health-page.tsx').then((m) => m.HealthPage),
      prefetch: (client) => client.prefetchQuery(read(readSendingHealth)),
    },
  ],
}
