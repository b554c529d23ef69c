import type { QueryClient } from '@tanstack/react-query'
import { getCampaign } from '../../../../src/campaigns/contract.ts'
import { getReport } from '../../../../src/reports/contract.ts'
import type { Feature } from '../../app/feature.ts'
import { read } from '../../lib/queries.ts'

const prefetch = (client: QueryClient, params: Readonly<Record<string, string>>) => {
  const input = { params: { id: params['id'] ?? '' } }
  return Promise.all([
    client.prefetchQuery(read(getCampaign, input)),
    client.prefetchQuery(read(getReport, input)),
  ])
}

export const reports: Feature = {
  pages: [
    {
      path: '/email/campaigns/$id/report',
      permission: 'email.reports.view',
      load: () => import('./report-page.tsx').then((m) => m.ReportPage),
      prefetch,
    },
    {
      path: '/email/campaigns/$id/recipients',
      permission: 'email.recipients.view',
      load: () => import('./recipients/recipients-page.tsx').then((m) => m.RecipientsPage),
    },
  ],
}
