import type { WarmupPlan } from './contract.ts'
import { capOf, dayOf, rateOf, scheduleOf } from './curve.ts'
import type { DayRow, PlanRow } from './queries.ts'

const sentOf = (day: DayRow): number => day.campaign_sent + day.transactional_sent

const round = (rate: number): number => Math.round(rate * 1e5) / 1e5

const todayOf = (row: PlanRow, days: readonly DayRow[], today: string): WarmupPlan['today'] => {
  const n = dayOf(row, today)
  const cap = capOf(row, n)
  if (row.state === 'finished' || cap === null) return null
  const used = days.find(({ day }) => day === today)
  const figures = { cap, answered: 0, hard: 0, blocked: 0, complained: 0, ...used }
  return {
    n,
    day: today,
    cap: row.state === 'stopped' ? 0 : cap,
    sent: used ? sentOf(used) : 0,
    transactional: used?.transactional_sent ?? 0,
    diverted: used?.diverted ?? 0,
    open: used?.reserved ?? 0,
    hard_bounce_rate: round(rateOf(figures.hard, figures)),
    complaint_rate: round(rateOf(figures.complained, figures)),
    block_rate: round(rateOf(figures.blocked, figures)),
  }
}

export const toPlan = (row: PlanRow, days: readonly DayRow[], today: string): WarmupPlan => {
  const used = new Map(days.map((day) => [day.day, day]))
  return {
    id: row.id,
    subject_kind: row.subject_kind as WarmupPlan['subject_kind'],
    subject: row.subject,
    start_per_day: row.start_per_day,
    growth: row.growth,
    target_per_day: row.target_per_day,
    days: row.days,
    rest: row.rest as WarmupPlan['rest'],
    established_provider_id: row.established_provider_id,
    state: row.state as WarmupPlan['state'],
    stop_reason: row.stop_reason as WarmupPlan['stop_reason'],
    started_on: row.started_on,
    today: todayOf(row, days, today),
    schedule: scheduleOf(row).map(({ n, day, cap }) => {
      const own = used.get(day)
      return { n, day, cap, sent: day > today ? null : own ? sentOf(own) : 0 }
    }),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    version: row.version,
  }
}
