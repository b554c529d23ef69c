import { Group, SegmentedControl, Skeleton, Table, Title } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useFormats, useTexts } from '../../i18n/texts.tsx'
import type { ChartProps } from './series.ts'

// Charts are heavy; their code comes only with the first chart on screen.
const Drawing = lazy(async () => ({ default: (await import('./drawing.tsx')).Drawing }))

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
        <Title order={2}>{props.title}</Title>
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
