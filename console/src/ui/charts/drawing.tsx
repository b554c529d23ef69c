import '@mantine/charts/styles.css'
import { AreaChart, BarChart, LineChart } from '@mantine/charts'
import { useFormats } from '../../i18n/texts.tsx'
import { type ChartProps, colorOfSeries } from './series.ts'

export const Drawing = ({ kind, points, series, height = 260, stacked = false }: ChartProps) => {
  const formats = useFormats()
  const shared = {
    h: height,
    data: points.map((point) => ({ ...point })),
    dataKey: 'at',
    series: series.map((one, place) => ({
      name: one.name,
      label: one.label,
      color: colorOfSeries(one, place),
    })),
    valueFormatter: formats.number,
    withLegend: series.length > 1,
    // Lines to read a height by; labels far enough apart to be told from each other.
    gridAxis: 'x',
    xAxisProps: { minTickGap: 32 },
    tickLine: 'none',
  } as const
  if (kind === 'bar') return <BarChart {...shared} type={stacked ? 'stacked' : 'default'} maxBarWidth={36} />
  if (kind === 'area') {
    return (
      <AreaChart {...shared} type={stacked ? 'stacked' : 'default'} curveType="monotone" withDots={false} />
    )
  }
  return <LineChart {...shared} curveType="monotone" withDots={false} />
}
