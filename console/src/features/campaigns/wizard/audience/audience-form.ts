import type { UseFormReturnType } from '@mantine/form'
import type { Campaign, CampaignChange } from '../../../../../../src/campaigns/contract.ts'
import { useStepForm } from '../step-form.ts'

const toValues = ({ audience }: Campaign) => ({
  group_ids: audience.group_ids,
  exclude_group_ids: audience.exclude_group_ids,
  exclude_without_consent: audience.exclude_without_consent,
})
export type AudienceValues = ReturnType<typeof toValues>
export type AudienceForm = UseFormReturnType<AudienceValues>

export const useAudienceForm = (campaign: Campaign) =>
  useStepForm<AudienceValues>({
    campaign,
    step: 'audience',
    toValues,
    toChange: (values): CampaignChange => ({ audience: values }),
    rename: {
      'audience.group_ids': 'group_ids',
      'audience.exclude_group_ids': 'exclude_group_ids',
    },
  })
