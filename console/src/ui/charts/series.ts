import { colorOfState } from '../status-badge.tsx'

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
