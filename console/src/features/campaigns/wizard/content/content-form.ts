import type { UseFormReturnType } from '@mantine/form'
import type { Campaign, CampaignChange } from '../../../../../../src/campaigns/contract.ts'
import type { Content } from '../../../../../../src/content/contract.ts'
import { useTexts } from '../../../../i18n/texts.tsx'
import { useStepForm } from '../step-form.ts'
import { starterHtml, starterSubject } from './starter.ts'

const toValues = ({ content }: Campaign) => ({
  subject: content?.subject ?? '',
  preheader: content?.preheader ?? '',
  html: content?.html ?? '',
  own_text: content?.text != null,
  text: content?.text ?? '',
  on_missing: (content?.on_missing ?? 'empty') as Content['on_missing'],
  web_version: content?.web_version ?? true,
})
export type ContentValues = ReturnType<typeof toValues>
export type ContentForm = UseFormReturnType<ContentValues>

/** An empty subject cannot be stored: the last one stays until there is another. */
export const toContent = (values: ContentValues) => ({
  ...(values.subject.trim() === '' ? {} : { subject: values.subject }),
  preheader: values.preheader,
  html: values.html,
  text: values.own_text ? values.text : null,
  on_missing: values.on_missing,
  web_version: values.web_version,
})

const rename = {
  'content.subject': 'subject',
  'content.preheader': 'preheader',
  'content.html': 'html',
  'content.text': 'text',
}

export const useContentForm = (campaign: Campaign) => {
  const texts = useTexts()
  const { t } = texts
  const seed = {
    ...toValues(campaign),
    subject: starterSubject(texts),
    html: starterHtml(texts, 'letter'),
  }
  return useStepForm<ContentValues>({
    campaign,
    step: 'content',
    toValues,
    toChange: (values): CampaignChange => ({ content: toContent(values) }),
    rename,
    seed: campaign.content === null ? seed : null,
    automatic: campaign.status !== 'paused',
    check: ({ subject }): Record<string, string> =>
      subject.trim() === '' ? { subject: t('content.subject-needed') } : {},
  })
}
