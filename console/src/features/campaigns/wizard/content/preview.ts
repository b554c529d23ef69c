import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../../../../../src/campaigns/contract.ts'
import { previewCampaign } from '../../../../../../src/campaigns/preview/contract.ts'
import { call } from '../../../../lib/call.ts'
import { keyOf } from '../../../../lib/queries.ts'

/** The stored message as one contact gets it; read again with every version. */
export const usePreview = (campaign: Campaign, contactId: string | null) => {
  const input = {
    params: { id: campaign.id },
    query: contactId === null ? {} : { contact_id: contactId },
  }
  return useQuery({
    queryKey: [...keyOf(previewCampaign, input), campaign.version],
    queryFn: ({ signal }) => call(previewCampaign, { ...input, signal }),
    placeholderData: keepPreviousData,
    enabled: campaign.content !== null,
  })
}
export type PreviewQuery = ReturnType<typeof usePreview>
