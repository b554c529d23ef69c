import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Campaign, type Check, preflightCampaign } from '../../../../../../src/campaigns/contract.ts'
import { call } from '../../../../lib/call.ts'
import type { Step } from '../../campaign-path.ts'

/** Runs when the summary opens and after every change that was saved. */
export const usePreflight = (campaign: Campaign, isSaved: boolean) =>
  useQuery({
    queryKey: [preflightCampaign.path, campaign.id, campaign.version],
    queryFn: ({ signal }) => call(preflightCampaign, { params: { id: campaign.id }, body: {}, signal }),
    placeholderData: keepPreviousData,
    enabled: isSaved,
    staleTime: 0,
  })
export type PreflightQuery = ReturnType<typeof usePreflight>

const settingsCodes = ['sender_not_authorized', 'sender_missing']
const domainCodes = ['dkim_invalid', 'dmarc_missing', 'return_path_invalid']
const audienceCodes = [
  'empty_audience',
  'consent_missing',
  'consent_unknown',
  'suppression_ratio_high',
  'bounce_risk',
  'blast_radius',
]
const elsewhereCodes = [
  'one_click_missing',
  'rate_estimate_over_48h',
  'warmup_exceeded',
  'budget',
  'no_route',
  'provider_disabled',
]

export type Place = { readonly step: Step } | { readonly to: string } | null

/** Where the thing a check speaks of can be put right. */
export const placeOf = ({ code, pointer }: Pick<Check, 'code' | 'pointer'>): Place => {
  if (code === 'postal_address_missing') return { to: '/account/settings/general' }
  if (code === 'no_route' || code === 'provider_disabled') return { to: '/account/sending/providers' }
  if (domainCodes.includes(code)) return { to: '/email/settings/domains' }
  if (settingsCodes.includes(code)) return { step: 'settings' }
  if (audienceCodes.includes(code) || pointer?.startsWith('/audience') === true) return { step: 'audience' }
  if (elsewhereCodes.includes(code)) return null
  if (pointer === '/sender_id' || pointer === '/content/reply_to') return { step: 'settings' }
  return { step: 'content' }
}

export type Overrides = Readonly<Record<string, string>>

export const reasonLengthMin = 3

/** Blocks that still stand in the way, given the reasons for those that may be overridden. */
export const openBlocks = (checks: readonly Check[], overrides: Overrides): readonly Check[] =>
  checks.filter(
    (check) =>
      check.level === 'block' &&
      !(check.overridable && (overrides[check.code] ?? '').trim().length >= reasonLengthMin),
  )

export const toOverrides = (checks: readonly Check[], overrides: Overrides) =>
  checks
    .filter((check) => check.level === 'block' && check.overridable)
    .map((check) => ({ code: check.code, reason: (overrides[check.code] ?? '').trim() }))
    .filter(({ reason }) => reason.length >= reasonLengthMin)
