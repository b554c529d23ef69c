import { Group, SegmentedControl, Skeleton, Table, Title } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import { colorOfState } from '../status-badge.tsx'

// Charts are heavy; their code comes only with the first chart on screen.
const Drawing = lazy(async () => ({ default: (await import('./drawing.tsx')).Drawing }))

export type Series = {
  readonly name: string
  readonly label: string
  /** The state it counts: gives it the colour this state has everywhere. */
  readonly state?: string
}
export type Point = { readonly at: string } & Readonly<Record<string, string | number>>

export type ChartProps = {
  readonly kind: 'line' | 'area' | 'bar'
  readonly title: string
  /** What `at` is: "Hour", "Day", "Link". */
  readonly axis: string
  readonly points: readonly Point[]
  /** At most five, or nobody can read it. */
  readonly series: readonly Series[]
  readonly height?: number
  readonly stacked?: boolean
}

/** Distinguishable for the colour-blind; used in this order where a series is no state. */
const palette = ['indigo.6', 'bronze.5', 'teal.6', 'grape.6', 'cyan.7'] as const

export const colorOfSeries = (series: Series, place: number): string =>
  series.state === undefined ? (palette[place] ?? 'gray.6') : `${colorOfState(series.state)}.6`

const Figures = ({ axis, points, series, title }: ChartProps) => {
  const formats = useFormats()
  return (
    <Table.ScrollContainer minWidth={320} mah={340}>
      <Table stickyHeader aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{axis}</Table.Th>
            {series.map(({ name, label }) => (
              <Table.Th key={name} ta="end">
                {label}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.map((point) => (
            <Table.Tr key={point.at}>
              <Table.Td>{point.at}</Table.Td>
              {series.map(({ name }) => (
                <Table.Td key={name} ta="end">
                  {formats.number(Number(point[name] ?? 0))}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

/** A chart with the same figures as a table one click away. */
export const Chart = (props: ChartProps) => {
  const { t } = useTexts()
  const [view, setView] = useState('chart')
  return (
    <figure aria-label={props.title} style={{ margin: 0 }}>
      <Group justify="space-between" mb="md">
        <Title order={3}>{props.title}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('ui.chart-view')}
          value={view}
          onChange={setView}
          data={[
            { value: 'chart', label: t('ui.chart-as-chart') },
            { value: 'table', label: t('ui.chart-as-table') },
          ]}
        />
      </Group>
      {view === 'table' ? (
        <Figures {...props} />
      ) : (
        <Suspense fallback={<Skeleton height={props.height ?? 260} />}>
          <Drawing {...props} />
        </Suspense>
      )}
    </figure>
  )
}
