import { Text, Title } from '@mantine/core'
import type { ReplyOf } from '../../../../src/http/contract.ts'
import type { readReceiverTimeline } from '../../../../src/providers/receivers/contract.ts'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { Chart } from '../../ui/charts/chart.tsx'
import type { Period } from './period.ts'

type Slots = ReplyOf<typeof readReceiverTimeline>['data']
type Props = { readonly title: string; readonly slots: Slots; readonly hours: Period }

/** A line needs a few points to be one. */
const linePointsMin = 4

/** Answers over time; the table of the same figures is one click away. */
export const AnswerChart = ({ title, slots, hours }: Props) => {
  const { t } = useTexts()
  const formats = useFormats()
  if (slots.length === 0) {
    return (
      <>
        <Title order={2}>{title}</Title>
        <Text c="dimmed" size="sm" mt="xs">
          {t('delivery.chart-empty')}
        </Text>
      </>
    )
  }
  const label = hours === '1' || hours === '24' ? formats.time : formats.dateTime
  return (
    <Chart
      kind={slots.length < linePointsMin ? 'bar' : 'area'}
      stacked
      height={220}
      title={title}
      axis={t('delivery.chart-axis')}
      points={slots.map(({ at, accepted, deferred, slowed, refused, blocked }) => ({
        at: label(at),
        accepted,
        deferred: deferred + slowed,
        refused: refused + blocked,
      }))}
      series={[
        { name: 'accepted', label: t('delivery.accepted'), state: 'accepted' },
        { name: 'deferred', label: t('delivery.deferred'), state: 'deferred' },
        { name: 'refused', label: t('delivery.refused-all'), state: 'rejected' },
      ]}
    />
  )
}
