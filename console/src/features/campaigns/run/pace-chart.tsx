import { Card, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { Campaign } from '../../../../../src/campaigns/contract.ts'
import { getPace, type PacePoint } from '../../../../../src/campaigns/run/contract.ts'
import { useFormats, useTexts, useTongue } from '../../../i18n/texts.tsx'
import type { Formats } from '../../../lib/formats.ts'
import { read } from '../../../lib/queries.ts'
import { Chart } from '../../../ui/charts/chart.tsx'
import { isMoving } from '../campaign-path.ts'

const redrawMs = 5_000
const minuteSeconds = 60
const daySeconds = 86_400
/** A line needs a few points to be one. */
const linePointsMin = 4

const labelOf = ({ at, seconds }: PacePoint, formats: Formats, exact: Intl.DateTimeFormat): string => {
  if (seconds < minuteSeconds) return exact.format(new Date(at))
  return seconds < daySeconds ? formats.time(at) : formats.date(at)
}

/** What came back over the life of the run, in steps as fine as fits. */
export const PaceChart = ({ campaign }: { readonly campaign: Campaign }) => {
  const { t, language } = useTexts()
  const { zone } = useTongue()
  const formats = useFormats()
  const exact = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: zone })
  const { data } = useQuery({
    ...read(getPace, { params: { id: campaign.id } }),
    refetchInterval: isMoving(campaign.status) ? redrawMs : false,
  })
  if (data === undefined) return null
  const points = data.data
  return (
    <Card withBorder padding="lg" component="section" aria-label={t('run-acts.pace')}>
      {points.length === 0 ? (
        <>
          <Title order={2}>{t('run-acts.pace')}</Title>
          <Text c="dimmed" size="sm" mt="xs">
            {t('run-acts.pace-empty')}
          </Text>
        </>
      ) : (
        <Chart
          kind={points.length < linePointsMin ? 'bar' : 'area'}
          stacked
          height={200}
          title={t('run-acts.pace')}
          axis={t('run-acts.pace-axis')}
          points={points.map((point) => ({
            at: labelOf(point, formats, exact),
            accepted: point.accepted,
            refused: point.refused,
            deferred: point.deferred,
            lost: point.lost,
          }))}
          series={[
            { name: 'accepted', label: t('states.accepted'), state: 'accepted' },
            { name: 'refused', label: t('run-acts.refused'), state: 'rejected' },
            { name: 'deferred', label: t('states.deferred'), state: 'deferred' },
            { name: 'lost', label: t('run-acts.lost'), state: 'uncertain' },
          ]}
        />
      )}
    </Card>
  )
}
