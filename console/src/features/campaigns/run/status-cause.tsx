import { Text } from '@mantine/core'
import type { Campaign, StatusDetail } from '../../../../../src/campaigns/contract.ts'
import type { Texts } from '../../../i18n/message.ts'
import { useFormats, useTexts } from '../../../i18n/texts.tsx'
import type { Formats } from '../../../lib/formats.ts'

const shareText = ({ figure, share, limit }: StatusDetail, { t, find }: Texts, formats: Formats) =>
  figure === null || share === null || limit === null
    ? null
    : t('run-acts.cause-share', {
        figure: find('run-acts', `figure-${figure}`) ?? figure,
        share: formats.percent(share / 100),
        limit: formats.percent(limit / 100),
      })

/** A refusal's text mostly begins with its code already. */
const exampleText = ({ example }: StatusDetail): string => {
  if (example === null) return ''
  return example.text.includes(example.code) ? example.text : `${example.code} ${example.text}`.trim()
}

const nextText = (
  { status_reason: reason }: Campaign,
  detail: StatusDetail,
  { t }: Texts,
  formats: Formats,
) => {
  if (detail.next_at !== null) return t('run-acts.next-retry', { time: formats.time(detail.next_at) })
  return t(reason === 'provider_down' ? 'run-acts.next-provider' : 'run-acts.next-manual')
}

/** Figure, first example and next step of a pause or hold, in one line (sending.md §4.3). */
export const StatusCause = ({ campaign }: { readonly campaign: Campaign }) => {
  const texts = useTexts()
  const { t, find } = texts
  const formats = useFormats()
  const detail = campaign.status_detail
  if (detail === null) return null
  const example = exampleText(detail)
  const checks = detail.checks.map((code) => find('checks', code) ?? code).join(', ')
  const parts = [
    shareText(detail, texts, formats),
    example === '' ? null : t('run-acts.example', { text: example }),
    checks === '' ? null : t('run-acts.blocked', { checks }),
    // A held campaign says above that nothing leaves by itself.
    campaign.status === 'held' && detail.next_at === null ? null : nextText(campaign, detail, texts, formats),
  ]
  return (
    <Text size="sm" mt={4}>
      {parts.filter((part) => part !== null).join(' ')}
    </Text>
  )
}
