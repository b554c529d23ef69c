import { Text, Tooltip } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import { useFormats } from '../i18n/texts.tsx'
import { readClock } from '../lib/clock.ts'

const tickMs = 15_000
let now = readClock()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

const subscribeClock = (listener: () => void): (() => void) => {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = readClock()
    for (const each of listeners) each()
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** The time of the screen, renewed every 15 s, so that relative times grow. */
export const useNow = (): Date => useSyncExternalStore(subscribeClock, () => now)

/** What happened since the last tick of the screen is not in the future. */
const nowFor = (at: string, screen: Date): Date => {
  const aheadMs = new Date(at).getTime() - screen.getTime()
  return aheadMs > 0 && aheadMs <= tickMs ? new Date(at) : screen
}

/** Relative within a day, absolute else; the exact moment with its zone on hover. */
export const Time = ({ at }: { readonly at: string | null }) => {
  const formats = useFormats()
  const current = useNow()
  if (at === null)
    return (
      <Text span c="dimmed">
        –
      </Text>
    )
  return (
    <Tooltip label={formats.exact(at)}>
      <time dateTime={at}>{formats.when(at, nowFor(at, current))}</time>
    </Tooltip>
  )
}

type FigureProps = { readonly value: number; readonly short?: boolean }

/** A number in the person's notation; a shortened one shows the exact figure on hover. */
export const Figure = ({ value, short = false }: FigureProps) => {
  const formats = useFormats()
  if (!short || value < 10_000) return <span className="tabular">{formats.number(value)}</span>
  return (
    <Tooltip label={formats.number(value)}>
      <span className="tabular">{formats.compact(value)}</span>
    </Tooltip>
  )
}

type RateProps = {
  readonly part: number
  readonly whole: number
  /** The formula in words: "clicks ÷ accepted". */
  readonly formula: string
}

/** A rate with its formula and figures on hover; a dash where there is nothing to divide by. */
export const Rate = ({ part, whole, formula }: RateProps) => {
  const formats = useFormats()
  const label = `${formula} = ${formats.number(part)} ÷ ${formats.number(whole)}`
  return (
    <Tooltip label={label}>
      <span className="tabular">{whole === 0 ? '–' : formats.percent(part / whole)}</span>
    </Tooltip>
  )
}
