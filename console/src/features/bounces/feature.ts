import { listBounceReports } from '../../../../src/inbound/reports/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'
import { limitsPath, reportsPath, rulesPath } from './paths.ts'

export const bounces: Feature = {
  pages: [
    {
      path: reportsPath,
      permission: 'suppressions.view',
      load: () => import('./report-list-page.tsx').then((m) => m.ReportListPage),
      prefetch: (client) => client.prefetchQuery(read(listBounceReports)),
    },
    {
      path: rulesPath,
      permission: 'email.settings.view',
      load: () => import('./rule-list-page.tsx').then((m) => m.RuleListPage),
    },
    {
      path: limitsPath,
      permission: 'email.settings.view',
      load: () => import('./limits-page.tsx').then((m) => m.LimitsPage),
    },
  ],
}
