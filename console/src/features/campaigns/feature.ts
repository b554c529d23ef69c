import type { QueryClient } from '@tanstack/react-query'
import { getCampaign, listCampaigns } from '../../../../src/campaigns/contract.ts'
import type { Feature, SearchSource } from '../../app/feature.ts'
import { call } from '../../lib/call.ts'
import { read } from '../../lib/queries.ts'
import { campaignPath } from './campaign-path.ts'

const readOne = (client: QueryClient, params: Readonly<Record<string, string>>) =>
  client.prefetchQuery(read(getCampaign, { params: { id: params['id'] ?? '' } }))

const find: SearchSource['find'] = async (q, signal) => {
  const { data } = await call(listCampaigns, { query: { q, limit: 6 }, signal })
  return data.map((campaign) => ({
    id: campaign.id,
    title: campaign.name,
    ...(campaign.subject === null ? {} : { note: campaign.subject }),
    to: campaignPath(campaign),
  }))
}

export const campaigns: Feature = {
  pages: [
    {
      path: '/email',
      permission: 'email.campaigns.view',
      load: () => import('./overview/overview-page.tsx').then((m) => m.OverviewPage),
    },
    {
      path: '/email/campaigns',
      permission: 'email.campaigns.view',
      load: () => import('./list/campaign-list-page.tsx').then((m) => m.CampaignListPage),
    },
    {
      path: '/email/campaigns/$id',
      permission: 'email.campaigns.view',
      load: () => import('./run/progress-page.tsx').then((m) => m.ProgressPage),
      prefetch: readOne,
    },
    {
      path: '/email/campaigns/$id/edit/$step',
      permission: 'email.campaigns.edit',
      load: () => import('./wizard/wizard-page.tsx').then((m) => m.WizardPage),
      prefetch: readOne,
    },
  ],
  search: [{ id: 'campaigns', heading: 'menu.campaigns', permission: 'email.campaigns.view', find }],
}
