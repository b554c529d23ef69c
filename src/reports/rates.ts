import type { ReportCounts, ReportRates } from './contract.ts'

const decimals = 1_000_000

/** 0–1 with six decimals; nothing of nothing is not a rate. */
export const rate = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * decimals) / decimals

/**
 * The formulas of email.md §13. What asks for people alone stays null while no hit has a verdict; `reacting` are
 * recipients who opened or clicked, because a click implies an open.
 */
export const ratesOf = (counts: ReportCounts, reacting: number): ReportRates => {
  const { delivered, accepted } = counts
  const answered = accepted + counts.rejected
  return {
    delivery: rate(delivered, accepted),
    bounce_hard: rate(counts.hard_bounced, answered),
    bounce_soft: rate(counts.soft_bounced, answered),
    bounce_block: rate(counts.spam_bounced, answered),
    open_human: null,
    open_human_adjusted: null,
    open_all: rate(counts.opened_all, delivered),
    click: null,
    click_all: rate(counts.clicked_all, delivered),
    click_to_open: null,
    click_to_open_all: rate(counts.clicked_all, reacting),
    unsubscribe: rate(counts.unsubscribed, delivered),
    complaint: rate(counts.complained, delivered),
    conversion: null,
  }
}
