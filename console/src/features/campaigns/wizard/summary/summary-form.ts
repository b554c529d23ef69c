import type { UseFormReturnType } from '@mantine/form'
import type { Campaign, CampaignChange } from '../../../../../../src/campaigns/contract.ts'
import type { SendWindow } from '../../../../../../src/campaigns/windows/contract.ts'
import { useStepForm } from '../step-form.ts'

export const throttleMin = 60
export const throttleMax = 200_000

const toValues = (campaign: Campaign) => ({
  throttle_per_hour: (campaign.throttle_per_hour ?? '') as number | string,
  max_lateness_minutes: campaign.max_lateness_minutes as number | string,
  hold_minutes: campaign.hold_minutes as number | string,
  uncertain_policy: campaign.uncertain_policy,
  windows: campaign.windows,
  canary: campaign.canary,
})
export type SummaryValues = ReturnType<typeof toValues>
export type SummaryForm = UseFormReturnType<SummaryValues>

const isWhole = (window: SendWindow): boolean =>
  window.weekdays.length > 0 && window.from !== '' && window.to !== '' && window.from !== window.to

/** A number field holds text while it is being typed. */
const toNumber = (value: number | string): number | null =>
  typeof value === 'number' ? value : value.trim() === '' ? null : Number(value)

const toChange = (values: SummaryValues): CampaignChange => {
  const lateness = toNumber(values.max_lateness_minutes)
  return {
    throttle_per_hour: toNumber(values.throttle_per_hour),
    ...(lateness === null ? {} : { max_lateness_minutes: lateness }),
    hold_minutes: toNumber(values.hold_minutes) ?? 0,
    uncertain_policy: values.uncertain_policy,
    canary: values.canary,
    // Half-chosen hours are kept on screen until they mean something.
    ...(values.windows.every(isWhole) ? { windows: values.windows } : {}),
  }
}

export const useSummaryForm = (campaign: Campaign) =>
  useStepForm<SummaryValues>({
    campaign,
    step: 'summary',
    toValues,
    toChange,
    codes: { throttle_out_of_range: 'throttle_per_hour' },
  })
