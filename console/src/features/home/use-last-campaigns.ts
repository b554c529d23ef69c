import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type CampaignRow, listCampaigns } from '../../../../src/campaigns/contract.ts'
import { useLive } from '../../lib/events.ts'
import { read } from '../../lib/queries.ts'
import { useMay } from '../../lib/session.ts'

const shownMax = 5

export const campaignQuery = read(listCampaigns, { query: { limit: shownMax } })

/** The newest campaigns; null while nobody knows, none where they may not be seen. */
export const useLastCampaigns = (): readonly CampaignRow[] | null => {
  const allowed = useMay()('email.campaigns.view')
  const { data, error } = useQuery({ ...campaignQuery, enabled: allowed, placeholderData: keepPreviousData })
  useLive('campaign', listCampaigns)
  if (!allowed || error !== null) return []
  return data?.data ?? null
}
