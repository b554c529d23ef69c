import { useQuery } from '@tanstack/react-query'
import { listCampaigns } from '../../../../../src/campaigns/contract.ts'
import { read } from '../../../lib/queries.ts'
import { useMay } from '../../../lib/session.ts'

/** Null where the person may not see campaigns. */
export const useCampaignNames = (): ReadonlyMap<string, string> | null => {
  const enabled = useMay()('email.campaigns.view')
  const { data } = useQuery({ ...read(listCampaigns, { query: { limit: 200 } }), enabled })
  return enabled ? new Map((data?.data ?? []).map(({ id, name }) => [id, name])) : null
}
