import type { UseFormReturnType } from '@mantine/form'
import type { Campaign, CampaignChange } from '../../../../../../src/campaigns/contract.ts'
import { useStepForm } from '../step-form.ts'

type Sample = Campaign['audience']['sample']
type Typed = number | string

const sampleValues = (sample: Sample): { sample_kind: 'all' | 'count' | 'percent'; sample_size: Typed } => {
  if (sample === null) return { sample_kind: 'all', sample_size: '' }
  return 'count' in sample
    ? { sample_kind: 'count', sample_size: sample.count }
    : { sample_kind: 'percent', sample_size: sample.percent }
}

const toValues = ({ audience }: Campaign) => ({
  group_ids: audience.group_ids,
  exclude_group_ids: audience.exclude_group_ids,
  exclude_without_consent: audience.exclude_without_consent,
  engaged_days: (audience.engaged_days ?? '') as Typed,
  holdout_percent: audience.holdout_percent as Typed,
  ...sampleValues(audience.sample),
})
export type AudienceValues = ReturnType<typeof toValues>
export type AudienceForm = UseFormReturnType<AudienceValues>

/** A number field holds text while it is being typed. */
const numberOf = (value: Typed): number | null => {
  const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? number : null
}

const toSample = ({ sample_kind: kind, sample_size: size }: AudienceValues): Sample => {
  const number = numberOf(size)
  if (kind === 'all' || number === null) return null
  return kind === 'count' ? { count: number } : { percent: number }
}

const toChange = (values: AudienceValues): CampaignChange => ({
  audience: {
    group_ids: values.group_ids,
    exclude_group_ids: values.exclude_group_ids,
    exclude_without_consent: values.exclude_without_consent,
    engaged_days: numberOf(values.engaged_days),
    holdout_percent: numberOf(values.holdout_percent) ?? 0,
    sample: toSample(values),
  },
})

export const useAudienceForm = (campaign: Campaign) =>
  useStepForm<AudienceValues>({
    campaign,
    step: 'audience',
    toValues,
    toChange,
    rename: {
      'audience.group_ids': 'group_ids',
      'audience.exclude_group_ids': 'exclude_group_ids',
      'audience.engaged_days': 'engaged_days',
      'audience.holdout_percent': 'holdout_percent',
      'audience.sample.count': 'sample_size',
      'audience.sample.percent': 'sample_size',
    },
  })
