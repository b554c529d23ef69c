import type { TimelineEntry } from '../../../../src/reports/contract.ts'

export type TimelineStep = 'minute' | 'hour' | 'day'
export const stepMs: Readonly<Record<TimelineStep, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
}

const pointsMax = 400

const nothing = (at: string): TimelineEntry => ({
  at,
  accepted: 0,
  delivered: 0,
  opened_human: 0,
  opened_all: 0,
  clicked_human: 0,
  clicked_all: 0,
  bounced: 0,
  unsubscribed: 0,
})

/**
 * The server leaves out steps in which nothing happened; on a time axis they are zeros, or two busy hours a week apart
 * would stand side by side. Days are left alone: their length changes with the clocks.
 */
export const fillTimeline = (
  entries: readonly TimelineEntry[],
  step: TimelineStep,
): readonly TimelineEntry[] => {
  const [first] = entries
  const last = entries.at(-1)
  if (first === undefined || last === undefined || step === 'day') return entries
  const [start, end] = [Date.parse(first.at), Date.parse(last.at)]
  const count = (end - start) / stepMs[step] + 1
  if (count > pointsMax) return entries
  const known = new Map(entries.map((entry) => [Date.parse(entry.at), entry]))
  return Array.from({ length: count }, (_, place) => {
    const at = start + place * stepMs[step]
    return known.get(at) ?? nothing(new Date(at).toISOString())
  })
}

/** The finest step that still gives a readable chart. */
export const firstStep = (startedAt: string | null, lastAt: string): TimelineStep => {
  if (startedAt === null) return 'hour'
  const hours = (Date.parse(lastAt) - Date.parse(startedAt)) / stepMs.hour
  if (hours <= 2) return 'minute'
  return hours <= 96 ? 'hour' : 'day'
}
