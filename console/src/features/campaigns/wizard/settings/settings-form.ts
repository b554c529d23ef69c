import type { UseFormReturnType } from '@mantine/form'
import type { Campaign, CampaignChange } from '../../../../../../src/campaigns/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { starterHtml, starterSubject } from '../content/starter.ts'
import { useStepForm } from '../step-form.ts'

const toValues = (campaign: Campaign) => ({
  name: campaign.name,
  description: campaign.description ?? '',
  external_id: campaign.external_id ?? '',
  labels: campaign.labels,
  sender_id: campaign.sender_id,
  reply_to: campaign.content?.reply_to ?? '',
  from_name: campaign.content?.from_name ?? '',
  language: campaign.language,
  topic_id: campaign.topic_id,
  opens: campaign.content?.tracking.opens ?? true,
  clicks: campaign.content?.tracking.clicks ?? true,
  anonymous: campaign.content?.tracking.anonymous ?? false,
  utm_on: campaign.content?.utm != null,
  utm: campaign.content?.utm ?? { source: '', medium: 'email', campaign: '', content: '' },
})
export type SettingsValues = ReturnType<typeof toValues>
export type SettingsForm = UseFormReturnType<SettingsValues>

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

/** Empty parts stay out of the address. */
const toUtm = ({ utm, utm_on }: SettingsValues) =>
  utm_on ? Object.fromEntries(Object.entries(utm).filter(([, value]) => value.trim() !== '')) : null

type Begun = { readonly subject: string; readonly html: string }

/** Content cannot be stored without subject and HTML: where there is none yet, the starter letter goes along. */
export const toSettingsChange = (values: SettingsValues, begun: Begun | null): CampaignChange => ({
  ...(values.name.trim() === '' ? {} : { name: values.name.trim() }),
  description: orNull(values.description),
  external_id: orNull(values.external_id),
  labels: values.labels,
  sender_id: values.sender_id,
  language: values.language,
  topic_id: values.topic_id,
  content: {
    ...begun,
    reply_to: orNull(values.reply_to),
    from_name: orNull(values.from_name),
    tracking: { opens: values.opens, clicks: values.clicks, anonymous: values.anonymous },
    utm: toUtm(values),
  },
})

const rename = {
  'content.reply_to': 'reply_to',
  'content.from_name': 'from_name',
  'content.utm': 'utm_on',
}
const codes = { duplicate_external_id: 'external_id', email_invalid: 'reply_to' }

export const useSettingsForm = (campaign: Campaign) => {
  const texts = useTexts()
  const begun =
    campaign.content === null ? { subject: starterSubject(texts), html: starterHtml(texts, 'letter') } : null
  return useStepForm<SettingsValues>({
    campaign,
    step: 'settings',
    toValues,
    toChange: (values) => toSettingsChange(values, begun),
    rename,
    codes,
    check: ({ name }): Record<string, string> =>
      name.trim() === '' ? { name: texts.find('problems', 'field.required') ?? '' } : {},
  })
}
